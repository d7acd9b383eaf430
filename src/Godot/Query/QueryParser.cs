namespace Godot;

/// <summary>Reads a query by recursive descent. Not binds tightest, then and, then or.</summary>
sealed class QueryParser
{
    // Far more than anybody writes by hand, and no danger to a thread's stack.
    const int Deepest = 64;

    readonly string text;
    readonly QueryLexer words;
    Token next;
    int depth;

    public QueryParser(string text)
    {
        this.text = text;
        if (text.Length > Query.Longest) throw Fault($"A query may have at most {Query.Longest} characters, not {text.Length}; make it shorter.", Query.Longest);
        words = new QueryLexer(text);
        next = words.Next();
    }

    public Expression Parse()
    {
        Expression all = Either();
        if (next.Is(")")) throw Fault("This bracket was never opened; remove it, or write a ( before.");
        if (next.Kind != TokenKind.End) throw Fault($"Expected and, or, an operator such as = or >, or the end, not {next}.");
        return all;
    }

    Expression Either() => Joined("or", Both);

    Expression Both() => Joined("and", Single);

    // One or several of the next tighter kind.
    Expression Joined(string word, Func<Expression> term)
    {
        Expression first = term();
        if (!next.Is(word)) return first;
        bool all = word == "and";
        List<Expression> terms = [];
        Add(first);
        while (Took(word)) Add(term());
        return new Junction(all, [.. terms]);

        // What stands in brackets and is joined by the same word is joined at once.
        void Add(Expression each)
        {
            if (each is Junction inner && inner.All == all) terms.AddRange(inner.Terms);
            else terms.Add(each);
        }
    }

    Expression Single()
    {
        if (++depth > Deepest) throw Fault($"Brackets and nots may stand {Deepest} deep; this query goes deeper.");
        Expression single = next.Is("(") ? Bracketed() : Took("not") ? new Negation(Single()) : Took("tagged") ? new HasTag(Text("tagged")) : Condition();
        depth--;
        return single;
    }

    Expression Bracketed()
    {
        Token open = Take();
        Expression inner = Either();
        return Took(")") ? inner : throw Fault($"Expected ) for the bracket at character {open.Position + 1}, not {next}.");
    }

    Expression Condition()
    {
        Operand left = Value("a condition, such as service = \"cpu\"");
        string sign = next.Kind == TokenKind.Sign ? next.Text : "";
        if (sign is "" or "(" or ")") return new Truth(left);
        Take();
        return sign switch
        {
            "=" => new Equality(left, Value("a value, such as \"cpu\", 50 or nil")),
            "!=" => new Negation(new Equality(left, Value("a value, such as \"cpu\", 50 or nil"))),
            "=~" => new Likeness(left, Text(sign), IsRegex: false),
            "~=" => new Likeness(left, Regex(sign), IsRegex: true),
            _ => new Comparison(left, sign, Number(sign)),
        };
    }

    Operand Value(string wanted)
    {
        Token word = next;
        Operand value = word.Kind switch
        {
            TokenKind.Text or TokenKind.Number => new(null, word.Value),
            TokenKind.Name => Named(word.Text, wanted),
            _ => throw Fault($"Expected {wanted}, not {word}."),
        };
        Take();
        return value;
    }

    Operand Named(string name, string wanted) => name switch
    {
        "nil" or "null" => default,
        "true" => new(null, FieldValue.Of(true)),
        "false" => new(null, FieldValue.Of(false)),
        "and" or "or" or "not" or "tagged" => throw Fault($"Expected {wanted}, not {name}."),
        _ => new(new QueryField(name), default),
    };

    string Text(string before)
    {
        if (next.Kind != TokenKind.Text) throw Fault($"Behind {before} stands a text in double quotes, such as \"cpu\", not {next}.");
        return Take().Text;
    }

    double Number(string before)
    {
        if (next.Kind != TokenKind.Number) throw Fault($"Behind {before} stands a number, such as 50, not {next}.");
        return Take().Number;
    }

    string Regex(string before)
    {
        int position = next.Position;
        string pattern = Text(before);
        try
        {
            QueryCompiler.Regex(pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new QueryFormatException(e is ArgumentException
                ? $"This is no regular expression: {e.Message}"
                : "Looking around, back-references and atomic groups would take too long, as would very many repetitions; write the expression without them.", text, position, e);
        }
        return pattern;
    }

    bool Took(string word)
    {
        bool took = next.Is(word);
        if (took) Take();
        return took;
    }

    Token Take()
    {
        Token taken = next;
        next = words.Next();
        return taken;
    }

    QueryFormatException Fault(string sentence) => Fault(sentence, next.Position);

    QueryFormatException Fault(string sentence, int position) => new(sentence, text, position);
}

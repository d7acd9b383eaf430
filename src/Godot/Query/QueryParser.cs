using System.Buffers;
using System.Globalization;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>Reads a query by recursive descent. Not binds tightest, then and, then or.</summary>
sealed class QueryParser
{
    // Far more than anybody writes by hand, and no danger to a thread's stack.
    const int Deepest = 64;

    static readonly SearchValues<char> BehindWords = SearchValues.Create(" \t\r\n,()\"");

    readonly string text;
    readonly QueryLexer words;
    readonly RegexBudget regexes = new();
    Token next;
    int depth;

    public QueryParser(string text, int longest = Query.Longest)
    {
        this.text = text;
        if (text.Length > longest)
            throw Fault($"A query may have at most {longest} characters, not {text.Length}; make it shorter.", longest);
        words = new QueryLexer(text);
        next = words.Next();
    }

    public Expression Parse()
    {
        Expression all = Either();
        if (next.Is(")")) throw Fault("This bracket was never opened; remove it, or write a ( before.");
        if (next.Kind != TokenKind.End) throw Fault(Stray() ?? $"Expected and, or, an operator such as = or >, or the end, not {next}.");
        return all;
    }

    // What stands behind a condition as people write it elsewhere; null if it is nothing of that.
    string? Stray() => next.Text switch
    {
        "&&" or "&" => $"Write and, not {next}.",
        "||" or "|" => $"Write or, not {next}.",
        _ when next.IsOperator => "A condition has one operator; join two conditions, such as metric > 5 and metric < 9.",
        _ => Capitals(next),
    };

    // Null: they are none.
    static string? Capitals(Token word) =>
        word.Kind == TokenKind.Name && word.Text.ToLowerInvariant() is "and" or "or" or "not" or "tagged"
            ? $"Write {word.Text.ToLowerInvariant()} in small letters."
            : null;

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
        Expression single = next.Is("(") ? Bracketed() : Took("not") ? new Negation(Single()) : Took("tagged") ? new HasTag(Text("tagged"))
            : Condition();
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
        Token first = next;
        if (first.Kind is TokenKind.End or TokenKind.Sign || first.Is("and") || first.Is("or"))
            throw Fault($"Expected a condition, such as service = \"cpu\", not {first}.");
        Take();
        if (first.Kind != TokenKind.Name || Constant(first) is not null) return OfConstant(first);
        if (Capitals(first) is { } capitals) throw Fault(capitals, first.Position);
        QueryField field = new(first.Text);
        if (!next.IsOperator) return new Truth(field);
        string sign = Operator();
        return sign switch
        {
            "=" => new Equality(field, Value(field, sign)),
            "!=" => new Negation(new Equality(field, Value(field, sign))),
            "=~" => new Likeness(field, Pattern(field, sign)),
            "~=" => Regex(field, sign),
            _ => new Comparison(field, sign, Number(field, sign)),
        };
    }

    // True, false and nil are conditions; other values by themselves are forgotten parts of one.
    Constant OfConstant(Token value)
    {
        if (next.IsOperator)
        {
            string sign = Operator();
            bool turned = next.Kind == TokenKind.Name && Constant(next) is null;
            string right = turned ? $"{next} {Turned(sign)} {Raw(value)}" : "service = \"cpu\"";
            throw Fault($"A condition begins with a field; write {right}.", value.Position);
        }
        if (value.Kind == TokenKind.Name) return new Constant(Constant(value)!.Value);
        string field = value.Kind == TokenKind.Text ? "service" : "metric";
        throw Fault($"{value} by itself is not a condition; write {field} = {value}.", value.Position);
    }

    static FieldValue? Constant(Token word) => word.Kind != TokenKind.Name ? null : word.Text switch
    {
        "nil" or "null" => default(FieldValue),
        "true" => FieldValue.Of(true),
        "false" => FieldValue.Of(false),
        _ => null,
    };

    static string Turned(string sign) => sign switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => sign,
    };

    // Taken, with what others write in its place refused.
    string Operator()
    {
        Token sign = Take();
        if (!next.IsOperator) return sign.Text;
        string written = sign.Text + next.Text;
        string? meant = written switch
        {
            "==" => "=",
            "=>" => ">=",
            "=<" => "<=",
            "<>" => "!=",
            _ => null,
        };
        throw meant is null
            ? Fault($"Expected a value, such as \"cpu\", 50 or nil, not {next}.")
            : Fault($"Write {meant}, not {written}.", sign.Position);
    }

    FieldValue Value(QueryField field, string sign)
    {
        Token value = next;
        if (value.Kind is TokenKind.End or TokenKind.Sign || value.Is("and") || value.Is("or") || value.Is("not") || value.Is("tagged"))
            throw Fault($"Expected a value, such as \"cpu\", 50 or nil, not {value}.");
        FieldValue given = value.Kind switch
        {
            TokenKind.Text or TokenKind.Number => value.Value,
            _ => Constant(value) ?? throw Fault(
                $"{Raw(value)} without quotes is a field, and a field is compared with a value; write {Right(field, sign, value)}."),
        };
        if (given != default && Kind(field) is { } kind && kind != given.Kind)
            throw Fault($"{field} is {Article(kind)} and never equals {Raw(value)}; write {Right(field, sign, value)}.");
        Take();
        return given;
    }

    // What an event's own field holds, if anything; null of others, which may hold whatever.
    static MetaKind? Kind(QueryField field) => field.Part switch
    {
        FieldSet.Metric or FieldSet.Time or FieldSet.Ttl => MetaKind.Number,
        FieldSet.Tags => MetaKind.Json,
        FieldSet.Other => null,
        _ => MetaKind.Text,
    };

    static string Article(MetaKind kind) => kind switch
    {
        MetaKind.Number => "a number",
        MetaKind.Text => "a text",
        _ => "a list",
    };

    // What was probably meant: the condition with this value as it must be written.
    string Right(QueryField field, string sign, Token value)
    {
        string raw = value.Kind == TokenKind.Text ? value.Text : Raw(value);
        return Kind(field) switch
        {
            MetaKind.Json => $"{(sign == "!=" ? "not " : "")}tagged {QueryText.Quote(raw)}",
            MetaKind.Number => $"{field} {sign} {(double.TryParse(raw, CultureInfo.InvariantCulture, out _) ? raw : "50")}",
            _ => $"{field} {sign} {QueryText.Quote(raw)}",
        };
    }

    // A value as it was written: all up to a space or a bracket, whatever it would be in a query.
    string Raw(Token value)
    {
        if (value.Kind == TokenKind.Text) return value.ToString();
        ReadOnlySpan<char> rest = text.AsSpan(value.Position);
        return PlainText.Printable((rest.IndexOfAny(BehindWords) is var end and >= 0 ? rest[..end] : rest).ToString());
    }

    string Text(string before)
    {
        if (next.Kind == TokenKind.Text) return Take().Text;
        string meant = next.Kind is TokenKind.Name or TokenKind.Number
            ? $"; write {before} {QueryText.Quote(Raw(next))}."
            : $", such as \"cpu\", not {next}.";
        throw Fault($"Behind {before[(before.LastIndexOf(' ') + 1)..]} stands a text in double quotes{meant}");
    }

    string Pattern(QueryField field, string sign)
    {
        if (Kind(field) is { } kind and not MetaKind.Text)
        {
            string right = kind == MetaKind.Number ? $"{field} > 50" : "tagged \"prod\"";
            throw Fault($"{field} is {Article(kind)}, and {sign} looks at texts; write {right}.");
        }
        return Text($"{field} {sign}");
    }

    double Number(QueryField field, string sign)
    {
        if (Kind(field) is { } kind and not MetaKind.Number)
            throw Fault($"{field} is {Article(kind)}, and {sign} looks at numbers; write metric {sign} 50.");
        if (next.Kind != TokenKind.Number) throw Fault($"Behind {sign} stands a number, such as 50, not {next}.");
        return Take().Number;
    }

    RegexMatch Regex(QueryField field, string sign)
    {
        int position = next.Position;
        string pattern = Pattern(field, sign);
        if (regexes.IsFull)
            throw Fault($"A query may have at most {RegexBudget.MostExpressions} regular expressions; join some, such as \"^a|^b\".",
                position);
        try
        {
            return new RegexMatch(field, pattern, BoundedRegex.OfStranger(pattern, regexes) ?? throw Fault(
                regexes.IsShared
                    ? "With the regular expressions before it, this one would take too long; write fewer, or with fewer repetitions and "
                    + "different characters."
                    : "Looking around, back-references and atomic groups would take too long, as would very many repetitions or different "
                    + "characters; "
                        + "write the expression without them.",
                position));
        }
        catch (ArgumentException e)
        {
            throw new QueryFormatException($"This is not a regular expression: {e.Message}", text, position, e);
        }
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

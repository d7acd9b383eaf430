using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Godot;

/// <summary>Why something is not answered or not done, as RFC 9457 says it.</summary>
/// <param name="Detail">The sentence for people.</param>
sealed record ApiProblem(string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";
}

/// <summary>A request that is not answered as it hopes: the status, and a sentence that says what to do.</summary>
sealed class ApiProblemException(int status, string detail) : Exception(detail)
{
    public ApiProblem Problem => new(ReasonPhrases.GetReasonPhrase(status), status, Message);

    public static ApiProblemException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiProblemException NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);
}

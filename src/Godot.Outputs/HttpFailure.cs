using System.Text;

namespace Godot;

/// <summary>What a failure over HTTP says: why, and what of the next attempt.</summary>
static class HttpFailure
{
    extension(HttpResponseMessage answer)
    {
        /// <summary>When to come again, if the answer says so.</summary>
        public TimeSpan? RetryAfter(TimeProvider clock) =>
            answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - clock.GetUtcNow() : null;

        /// <summary>As much of what it says as comes, up to so many bytes.</summary>
        public async Task<string> BeginningAsync(int most, CancellationToken stop)
        {
            byte[] bytes = new byte[most];
            int read = 0;
            try
            {
                Stream body = await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
                while (read < most && await body.ReadAsync(bytes.AsMemory(read), stop).ConfigureAwait(false) is > 0 and int more)
                    read += more;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
            {
                // What it says does not come, or not to its end; that it refuses is known.
            }
            return Encoding.UTF8.GetString(bytes, 0, read);
        }
    }

    extension(HttpRequestException thrown)
    {
        /// <summary>There was no connection: nobody has anything of the request.</summary>
        public bool WasNotSent => thrown.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
    }
}

"""A real SMTP server for the tests, on aiosmtpd (Debian: python3-aiosmtpd).

Prints {"port": ...} when it listens, then a line of JSON for each mail. It ends when its standard input does,
so that it never outlives the tests.
"""

import argparse
import asyncio
import base64
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# aiosmtpd warns of what these tests do on purpose.
logging.disable()
warnings.simplefilter("ignore")

options = argparse.ArgumentParser()
options.add_argument("--port", type=int, default=0)
options.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
options.add_argument("--certificate")
options.add_argument("--key")
options.add_argument("--user")
options.add_argument("--password")
options.add_argument("--refuse", action="append", default=[], help="a recipient that does not exist")
options.add_argument("--defer", action="append", default=[], help="a recipient that is to be tried later")
options = options.parse_args()


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in options.refuse:
            return "550 5.1.1 No such user"
        if address in options.defer:
            return "450 4.2.0 Greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        say(sender=envelope.mail_from, recipients=envelope.rcpt_tos, encrypted=encrypted,
            user=session.auth_data, mail=base64.b64encode(envelope.original_content).decode())
        return "250 OK"


def authenticate(server, session, envelope, mechanism, login):
    if (login.login, login.password) != (options.user.encode(), options.password.encode()):
        return AuthResult(success=False, handled=False)
    return AuthResult(success=True, auth_data=options.user)


async def main():
    context = None
    if options.tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    starttls = options.tls == "starttls"

    def serve():
        return SMTP(Handler(), hostname="localhost", enable_SMTPUTF8=True,
                    tls_context=context if starttls else None, require_starttls=starttls,
                    authenticator=authenticate if options.user else None,
                    auth_required=options.user is not None, auth_require_tls=starttls)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(serve, "127.0.0.1", options.port, ssl=None if starttls else context)
    say(port=server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())

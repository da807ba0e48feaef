"""How a client reaches the two kinds of process, and what an error says."""

import pathlib

import grpc
from google.rpc import error_details_pb2, status_pb2

# A lost connection or a busy server is worth another try with the same idempotency key; nothing else is.
RETRIES = """{"methodConfig": [{"name": [{}], "retryPolicy": {
  "maxAttempts": 4, "initialBackoff": "0.2s", "maxBackoff": "2s", "backoffMultiplier": 2,
  "retryableStatusCodes": ["UNAVAILABLE"]}}]}"""


def unit(address: str, authority: pathlib.Path, clients: pathlib.Path, name: str) -> grpc.Channel:
    """The unit, over TCP: both sides prove who they are by certificate."""
    credentials = grpc.ssl_channel_credentials(
        root_certificates=authority.read_bytes(),
        private_key=(clients / f"{name}.key").read_bytes(),
        certificate_chain=(clients / f"{name}.pem").read_bytes())
    return grpc.secure_channel(address, credentials, options=[("grpc.service_config", RETRIES)])


def owner(socket: pathlib.Path, token: pathlib.Path) -> grpc.Channel:
    """An owner's own process, over a unix socket: the client shows a token, which never leaves the machine."""
    channel = grpc.insecure_channel(f"unix:{socket.resolve()}", options=[("grpc.default_authority", "localhost")])
    return grpc.intercept_channel(channel, _Bearer(token.read_text().strip()))


def reason(error: grpc.RpcError) -> str:
    """The reason of an error, a name of linkage.v1.ErrorReason: what a program acts on, besides the status."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return info.reason
    return ""


class _Bearer(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor,
              grpc.StreamUnaryClientInterceptor, grpc.StreamStreamClientInterceptor):
    """Puts the token into the header of every call."""

    def __init__(self, token):
        self._header = ("authorization", f"Bearer {token}")

    def _intercept(self, proceed, details, request):
        headers = [*(details.metadata or ()), self._header]
        return proceed(_Details(details, headers), request)

    intercept_unary_unary = intercept_unary_stream = _intercept
    intercept_stream_unary = intercept_stream_stream = _intercept


class _Details(grpc.ClientCallDetails):
    def __init__(self, details, metadata):
        self.method, self.timeout, self.metadata = details.method, details.timeout, metadata
        self.credentials, self.wait_for_ready = details.credentials, details.wait_for_ready
        self.compression = details.compression

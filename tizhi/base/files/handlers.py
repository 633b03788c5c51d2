"""收文件的上限: a request that is too large is refused before any of it is written to disk."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 300 * 1024 * 1024


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers; one form may carry several files."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Any:
        """Nothing, so that the next handler reads on; RequestDataTooBig beyond the limit."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("一次提交的文件总量超过300MB。")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

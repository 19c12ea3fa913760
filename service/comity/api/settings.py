"""Settings of the service, read from the environment (``COMITY_…``) or given by the caller."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from comity.check.checker import PROFILE_BYTES
from comity.flow.json_text import MAX_DEPTH
from comity.paths import dataset_folder


class Settings(BaseSettings):
    """Everything that an operator may choose.

    Each field is read from the environment variable ``COMITY_<FIELD>`` in capitals, for example
    ``COMITY_DATASET=/srv/comity/building``. Lists are written as JSON (``COMITY_CORS_ORIGINS='["https://a.example"]'``).
    Raises ``pydantic.ValidationError`` naming the field for a value outside its bounds.
    """

    model_config = SettingsConfigDict(env_prefix="COMITY_", extra="ignore", frozen=True)

    dataset: Path = Field(default_factory=dataset_folder, description="Directory that `comity build` wrote.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, description="Server processes.")

    profile_megabytes: int = Field(
        default=PROFILE_BYTES >> 20,
        ge=0,
        description="Memory of each server process for answers of flows that differ in figures only; 0 keeps none.",
    )
    access_log: bool = Field(default=False, description="Write a line for each request; costs a tenth of the throughput.")

    max_connections: int = Field(
        default=512, ge=1, description="Connections open at once, per server process; then the one idle for longest is closed."
    )
    max_head_bytes: int = Field(default=32 * 1024, ge=1024, description="Largest head of a request; larger ones get 431.")
    max_unread_megabytes: int = Field(
        default=128, ge=1, description="Memory of each server process for long answers that wait to be read; then others get 503."
    )
    head_timeout_seconds: float = Field(default=10.0, gt=0, description="Time for a client to send the head of a request.")
    body_timeout_seconds: float = Field(default=30.0, gt=0, description="Time for a client to send the body of a request.")
    write_timeout_seconds: float = Field(default=20.0, gt=0, description="How long a client may read nothing of an answer.")
    response_timeout_seconds: float = Field(default=120.0, gt=0, description="Time for a client to read a whole answer.")

    max_body_bytes: int = Field(default=1024 * 1024, ge=1024, description="Largest request body; longer ones get 413.")
    max_answer_bytes: int = Field(default=32 * 1024 * 1024, ge=1024, description="Longest answer to a check; longer ones are refused.")
    check_workers: int = Field(
        default=2, ge=0, description="Processes that judge flows; 0 judges in the server process, where nothing can end a check."
    )
    check_queue: int = Field(default=64, ge=0, description="Checks that may wait for a process.")
    check_timeout_seconds: float = Field(default=5.0, gt=0, description="Wall time of one check.")
    check_memory_mb: int = Field(default=768, ge=64, description="Memory that one check may use beside the compiled law.")
    max_depth: int = Field(default=MAX_DEPTH, ge=8, le=256, description="Deepest nesting of a JSON body.")
    page_limit: int = Field(default=200, ge=1, description="Most items in one page of a list.")
    gzip_minimum_bytes: int = Field(default=64 * 1024, ge=0, description="Answers at least this long are compressed; 0 turns it off.")
    cache_seconds: int = Field(default=60, ge=0, description="How long a client may reuse a list or a page without asking.")
    cors_origins: list[str] = Field(default=["*"], description="Origins that may call the API from a browser; [] turns CORS off.")
    rate_limit: str | None = Field(
        default=None, description='For example "120/minute", per client address and server process; unset means no limit.'
    )

    sparql_endpoint: str | None = Field(
        default=None, description="A SPARQL 1.1 server with the same dataset, to answer the lists; unset means this process."
    )
    sparql_workers: int = Field(default=2, ge=0, description="Processes that run SPARQL queries; 0 turns the endpoint off.")
    sparql_queue: int = Field(default=16, ge=0, description="Queries that may wait for a process.")
    sparql_timeout_seconds: float = Field(default=10.0, gt=0, description="Wall time of one query.")
    sparql_memory_mb: int = Field(default=256, ge=32, description="Memory that one query may use beside the dataset.")
    sparql_max_query_bytes: int = Field(default=64 * 1024, ge=256, description="Longest query text.")
    sparql_max_result_bytes: int = Field(default=16 * 1024 * 1024, ge=1024, description="Longest result; longer ones are refused.")

    @field_validator("rate_limit")
    @classmethod
    def _is_a_rate(cls, rate: str | None) -> str | None:
        if rate is not None and not re.fullmatch(r"\s*[1-9][0-9]*\s*/\s*(second|minute|hour|day)\s*", rate):
            raise ValueError(f"{rate!r} is no rate; write it as 120/minute (or second, hour, day)")
        return rate

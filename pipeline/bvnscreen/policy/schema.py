"""The shape of a policy file, checked with pydantic. Imported only when a policy is loaded."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from .checks import CHECKS
from .model import Kind, Outcome, Stance, Status


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceFile(_Strict):
    """`grade`: A the issuer's text was read, B a third party's summary, H a header only, I inferred."""

    ref: str = Field(min_length=3)
    grade: Literal["A", "B", "H", "I"]


class CheckFile(_Strict):
    """A named test and its parameters."""

    test: str
    params: dict[str, Any] = {}


class CriterionFile(_Strict):
    """One rule: either `test` with `params`, or several under `any` or `all`."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    kind: Literal["include", "exclude"]
    test: str | None = None
    params: dict[str, Any] = {}
    any: list[CheckFile] = []
    all: list[CheckFile] = []
    on_silent: Status
    blocks: bool = True
    cure: str = Field(min_length=10)
    plain: str = Field(min_length=10)
    source: SourceFile


class CautionFile(_Strict):
    """A remark shown when its test is true."""

    test: str
    params: dict[str, Any] = {}
    text: str
    source: SourceFile


class PolicyFile(_Strict):
    """One file in patterns/policies."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    title: str
    issuer: str
    kind: Kind
    version: str
    effective: str = Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    stance: Stance
    note: str = ""
    source: SourceFile
    criterion: list[CriterionFile] = []
    caution: list[CautionFile] = []


def params_model(check: Callable[..., Outcome]) -> type[BaseModel]:
    """A model of a test's keyword parameters, so that its signature is the only definition."""
    hints = get_type_hints(check)
    fields: dict[str, Any] = {
        name: (hints[name], ... if p.default is inspect.Parameter.empty else p.default)
        for name, p in inspect.signature(check).parameters.items()
        if p.kind is inspect.Parameter.KEYWORD_ONLY
    }
    return create_model(check.__name__, __config__=ConfigDict(extra="forbid"), **fields)


PARAMS: dict[str, type[BaseModel]] = {name: params_model(check) for name, check in CHECKS.items()}

"""What every table's class shares: columns with types, limits and descriptions, from which Arrow, SQL and docs are made."""

from __future__ import annotations

import datetime as dt
import types
import typing
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import annotated_types
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

ARROW_TYPES: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us"),
    list[str]: pa.list_(pa.string()),
}
SQL_TYPES: dict[Any, str] = {
    str: "varchar",
    int: "bigint",
    float: "double",
    bool: "boolean",
    dt.date: "date",
    dt.datetime: "timestamp",
    list[str]: "varchar[]",
}
COMPARE: dict[str, typing.Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


class Column(typing.NamedTuple):
    """One column as all its readers need it."""

    name: str
    python_type: Any
    nullable: bool
    description: str
    values: tuple[str, ...]  # the allowed values, where they are an enumeration
    low: float | None
    high: float | None
    min_length: int

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.python_type]

    def violations(self) -> list[tuple[str, str]]:
        """(what is wrong, SQL condition under which it is) for each limit of the column."""
        name = self.name
        found = []
        if not self.nullable:
            found.append((f"{name} is null", f"{name} is null"))
        if self.values:
            allowed = ", ".join(f"'{value}'" for value in self.values)
            found.append((f"{name} is none of its values", f"{name} not in ({allowed})"))
        if self.low is not None:
            found.append((f"{name} is below {self.low:g}", f"{name} < {self.low}"))
        if self.high is not None:
            found.append((f"{name} is above {self.high:g}", f"{name} > {self.high}"))
        if self.min_length:
            found.append((f"{name} is empty", f"length({name}) < {self.min_length}"))
        return found


class Row(BaseModel):
    """A row of a table. The class is the table's single definition; its docstring is the table's description."""

    model_config = ConfigDict(extra="forbid", strict=True)

    table: ClassVar[str]
    schema_name: ClassVar[str] = "main"
    key: ClassVar[tuple[str, ...]]
    sort: ClassVar[tuple[str, ...]] = ()
    references: ClassVar[dict[str, str]] = {}
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    rules: ClassVar[tuple[tuple[str, str], ...]] = ()  # (what is wrong, SQL condition) beyond single columns
    versioned: ClassVar[bool] = False  # has rows of superseded versions in schema history
    is_view: ClassVar[bool] = False

    @classmethod
    @cache
    def columns(cls) -> list[Column]:
        """The columns, in the order of the fields."""
        return [_column(name, field) for name, field in cls.model_fields.items()]

    @classmethod
    def column_names(cls) -> list[str]:
        """Their names, in that order."""
        return list(cls.model_fields)

    @classmethod
    def qualified(cls) -> str:
        """schema.table"""
        return f"{cls.schema_name}.{cls.table}"

    @classmethod
    @cache
    def arrow_schema(cls) -> pa.Schema:
        """The Arrow schema of the rows as files and batches hold them."""
        return pa.schema([pa.field(c.name, ARROW_TYPES[c.python_type], c.nullable) for c in cls.columns()])

    @classmethod
    def create_sql(cls, schema_name: str | None = None) -> str:
        """The statement that creates the table where it is missing."""
        columns = ", ".join(f"{c.name} {c.sql_type}" for c in cls.columns())
        return f"create table if not exists {schema_name or cls.schema_name}.{cls.table} ({columns})"

    @classmethod
    def comment_sql(cls, schema_name: str | None = None, kind: str = "table") -> list[str]:
        """The statements that describe the table (or the view of that kind) and its columns in the database."""
        target = f"{schema_name or cls.schema_name}.{cls.table}"
        texts = [(f"{kind} {target}", cls.describe())]
        texts += [(f"column {target}.{c.name}", c.description) for c in cls.columns()]
        return [f"comment on {what} is {quoted(text)}" for what, text in texts]

    @classmethod
    def violations(cls) -> list[tuple[str, str]]:
        """(what is wrong, SQL condition) for every limit that a row must keep by itself."""
        found = [violation for column in cls.columns() for violation in column.violations()]
        found += [(f"{a} {sign} {b} does not hold", f"not ({a} {sign} {b})") for a, sign, b in cls.orders]
        return [*found, *cls.rules]

    @classmethod
    def describe(cls) -> str:
        """The table's description, on one line."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    @cache
    def _adapter(cls) -> TypeAdapter[list[dict[str, Any]]]:
        # a TypedDict of the same fields: the same checks without making an object a row, four times as fast
        fields = {name: Annotated[field.annotation, field] for name, field in cls.model_fields.items()}
        shape = TypedDict(cls.__name__, fields)  # type: ignore[misc, operator]
        shape.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]
        return TypeAdapter(list[shape])  # type: ignore[valid-type]

    @classmethod
    def broken(cls, rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
        """(index of the row, what is wrong) for every row that is not one of this table; empty when all are."""
        wrong: list[tuple[int, str]] = []
        try:
            cls._adapter().validate_python(rows)
        except ValidationError as error:
            wrong += [(int(e["loc"][0]), f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}") for e in error.errors()]
        if not wrong:
            wrong += [problem for column in cls.columns() if column.python_type is str for problem in _no_text(column.name, rows)]
        for left, sign, right in cls.orders:
            holds = COMPARE[sign]
            for index, row in enumerate(rows):
                a, b = row.get(left), row.get(right)
                if a is not None and b is not None and not holds(a, b):
                    wrong.append((index, f"{left} {sign} {right} does not hold: {a!r}, {b!r}"))
        return wrong

    @classmethod
    def arrow(cls, rows: list[dict[str, Any]]) -> pa.Table:
        """The rows as an Arrow table of this table's schema."""
        columns = {name: list(map(itemgetter(name), rows)) for name in cls.column_names()}
        return pa.table(columns, schema=cls.arrow_schema())


def _no_text(name: str, rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Texts of a column that no file and no table can hold: half a surrogate pair stands in them."""
    try:
        "".join(filter(None, map(itemgetter(name), rows))).encode()
    except UnicodeEncodeError:
        halves = (index for index, row in enumerate(rows) if any("\ud800" <= c <= "\udfff" for c in row[name] or ""))
        return [(index, f"{name}: half a surrogate pair stands in it") for index in halves]
    return []


def quoted(text: str | Path) -> str:
    """A text or a path as a literal of SQL, for statements that take no parameter."""
    return "'" + str(text).replace("'", "''") + "'"


def _column(name: str, field: Any) -> Column:
    annotation, nullable = field.annotation, False
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
        nullable, annotation = True, arguments[0]
    values: tuple[str, ...] = ()
    if typing.get_origin(annotation) is Literal:
        values, annotation = typing.get_args(annotation), str
    limits: dict[type, Any] = {type(m): m for m in field.metadata}
    low, high = limits.get(annotated_types.Ge), limits.get(annotated_types.Le)
    size = limits.get(annotated_types.MinLen)
    return Column(
        name,
        annotation,
        nullable,
        " ".join((field.description or "").split()),
        values,
        low.ge if low else None,
        high.le if high else None,
        size.min_length if size else 0,
    )


def column(description: str, **limits: Any) -> Any:
    """A column of text."""
    return Field(description=description, **limits)


def identifier(description: str) -> Any:
    """A column that is never empty: an id, a key."""
    return Field(description=description, min_length=1)


def offset(description: str) -> Any:
    """A code point offset, counted from 0."""
    return Field(description=description, ge=0)


def count(description: str) -> Any:
    """How many; never negative."""
    return Field(description=description, ge=0)


def share(description: str) -> Any:
    """A number from 0 to 1."""
    return Field(description=description, ge=0, le=1)

"""Settings from the environment, with the options of the command line on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emotion_stream.errors import UsageError

if TYPE_CHECKING:
    from emotion_stream.settings import Settings


def settings_from(**options: object) -> Settings:
    """Options that are None count as not given. Raises UsageError with the first thing wrong."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from emotion_stream.settings import Settings

    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"EMOTION_STREAM_{name}: {first['msg']}.") from error
    except SettingsError as error:
        raise UsageError(f"{error}; write a list as JSON, for example '[\"a\"]'.") from error

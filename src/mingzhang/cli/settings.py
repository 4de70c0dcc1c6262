"""Settings: a flag beats the environment, the environment beats `mingzhang.toml`, that beats the default."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import Fault
from mingzhang.model.language import LANGUAGES, Language, later
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE: Final = "mingzhang.toml"
FOR_ROOMS: Final = frozenset({"packs", "profiles", "standards", "spending_standards"})


class Setting(msgspec.Struct, frozen=True):
    """One setting: its name, default, and what it is for."""

    name: str
    default: str
    purpose: str

    @property
    def variable(self) -> str:
        """Give the environment variable that sets it."""
        return "MINGZHANG_" + self.name.upper()


SETTINGS: Final = (
    Setting("lang", "zh", later("界面语言：zh 或 en")),
    Setting("fonts", "", later("自备字体所在的文件夹")),
    Setting("theme", "", later("版式主题：名称或文件夹")),
    Setting("packs", "", later("自备表样包所在的文件夹")),
    Setting("standards", "", later("自备科目所在的文件夹")),
    Setting("profiles", "", later("存放导入方案的文件夹")),
    Setting("spending_standards", "", later("自备支出标准（定额）所在的文件夹")),
)


class InvalidSettings(Fault):
    """The configuration file or an environment variable holds something that no setting takes."""


class Value(msgspec.Struct, frozen=True):
    """The value of one setting and where it came from."""

    value: str
    origin: str


class Settings:
    """The values of all settings, each with its origin."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        """Keep the values."""
        self.values = dict(values)

    def __getitem__(self, name: str) -> str:
        """Give a setting's value."""
        return self.values[name].value

    def give_to_rooms(self) -> None:
        """Put the settings that rooms below read from the environment there, unless they came from it."""
        for setting in SETTINGS:
            if setting.name in FOR_ROOMS and self[setting.name]:
                os.environ[setting.variable] = self[setting.name]

    def content(self, *given: Path | None) -> str:
        """Give what stands for the content of files given and of the folders that rooms below read: what a batch rests on."""
        from mingzhang.batch.outcomes import digest_of  # noqa: PLC0415 - for folders only

        beside = (Path(self[name]) for name in sorted(FOR_ROOMS - {"profiles"}) if self[name])  # those are for imports
        return digest_of(p for p in (*given, *beside) if p is not None and p.exists())

    @classmethod
    def load(cls, flags: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
        """Read flags, environment and the nearest `mingzhang.toml` from here upwards.

        Raises:
            InvalidSettings: the file is not TOML, or names a setting that does not exist.
        """
        path, tree = _file(folder or Path.cwd())
        values = {}
        for setting in SETTINGS:
            if flags and setting.name in flags:
                values[setting.name] = Value(flags[setting.name], _("命令行"))
            elif os.environ.get(setting.variable):
                values[setting.name] = Value(os.environ[setting.variable], setting.variable)
            elif setting.name in tree:
                values[setting.name] = Value(str(tree[setting.name]), str(path))
            else:
                values[setting.name] = Value(setting.default, _("默认"))
        return cls(values)


def language_asked_for(words: Sequence[str]) -> Language:
    """Find the language before the command is built, because help is written in it."""
    flags = {}
    for i, word in enumerate(words):
        if word == "--lang" and i + 1 < len(words):
            flags["lang"] = words[i + 1]
        elif word.startswith("--lang="):
            flags["lang"] = word.partition("=")[2]
    wanted = Settings.load(flags)["lang"]
    return "en" if wanted == "en" else "zh" if wanted in LANGUAGES or flags else _refuse_language(wanted)


def _refuse_language(wanted: str) -> Language:
    raise InvalidSettings(_("没有“{name}”这种界面语言").format(name=wanted), hint=_("可用：zh、en"))


def _file(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    for place in (folder, *folder.parents):
        path = place / FILE
        if path.is_file():
            try:
                tree = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise InvalidSettings(_("配置文件无法解析：{why}").format(why=error), place=str(path)) from error
            unknown = sorted(set(tree) - {s.name for s in SETTINGS})
            if unknown:
                raise InvalidSettings(_("没有这些设置：{names}").format(names=_("、").join(unknown)), place=str(path))
            return path, tree
    return None, {}

"""The one error of a rulebook that can't be used: file, line and remedy."""


class RulebookError(ValueError):
    """`str()` gives `economy/sanctions.yaml:15: unknown key 'trigers'; did you mean 'triggers'?`.

    `line` counts from 1; 0 where the file as a whole is meant.
    """

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"

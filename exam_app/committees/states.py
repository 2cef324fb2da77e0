"""committees.states — the levels of standing committees."""

from enum import StrEnum


class Level(StrEnum):
    """Which people's congress the committee belongs to."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

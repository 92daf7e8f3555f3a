// SPDX-License-Identifier: GPL-3.0-or-later
//! The rhythm of a week in whole numbers.
#include "ledger/lab/democalendar.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace tallystick {

namespace {

constexpr int hoursPerWeek = 7 * 24;
/// The Unix epoch was a Thursday; weeks here begin on Mondays.
constexpr qint64 epochAfterMonday = 3 * microsPerDay;

/// How much happens in each hour of a day, and on each day from Monday.
constexpr std::array<qint64, 24> ofHours{2,  1,  1,  1,  1,  2,  4,  8,  14, 19, 21, 20,
                                         16, 17, 20, 20, 18, 15, 12, 11, 11, 9,  6,  4};
constexpr std::array<qint64, 7> ofDays{10, 11, 11, 11, 9, 4, 4};

constexpr qint64 ofHour(int hour)
{
    return ofHours[std::size_t(hour % 24)] * ofDays[std::size_t(hour / 24)];
}

constexpr std::array<qint64, hoursPerWeek + 1> summedUp()
{
    std::array<qint64, hoursPerWeek + 1> sums{};
    for (int hour = 0; hour < hoursPerWeek; ++hour)
        sums[std::size_t(hour) + 1] = sums[std::size_t(hour)] + ofHour(hour);
    return sums;
}

constexpr auto upTo = summedUp();

} // namespace

qint64 toWorkingTime(qint64 micros, int hoursEastOfUtc)
{
    const qint64 shift = epochAfterMonday + hoursEastOfUtc * microsPerHour;
    const qint64 local = micros + shift;
    const qint64 week = local / microsPerWeek;
    // Where the even time stands in the week, measured in activity: below 2^63 by far.
    const qint64 activity = (local % microsPerWeek) * upTo.back();
    const auto after = std::upper_bound(upTo.begin(), upTo.end(), activity / microsPerWeek);
    const int hour = int(after - upTo.begin()) - 1;
    const qint64 intoHour =
        (activity - upTo[std::size_t(hour)] * microsPerWeek) / (ofHour(hour) * hoursPerWeek);
    return week * microsPerWeek + hour * microsPerHour + intoHour - shift;
}

int monthOf(qint64 micros)
{
    using namespace std::chrono;
    const year_month_day date(floor<days>(sys_time<microseconds>(microseconds(micros))));
    return int(date.year()) * 12 + int(unsigned(date.month())) - 1;
}

MonthName monthName(int month)
{
    const int year = month / 12;
    const int ofYear = month % 12 + 1;
    const auto digit = [](int value) { return char('0' + value % 10); };
    return {{digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-',
             digit(ofYear / 10), digit(ofYear), '\0'}};
}

} // namespace tallystick

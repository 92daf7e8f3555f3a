// SPDX-License-Identifier: GPL-3.0-or-later
//! When people work: day and night, weekdays and weekends.
#pragma once
#include <QtCore/QtGlobal>

namespace tallystick {

inline constexpr qint64 microsPerSecond = 1'000'000;
inline constexpr qint64 microsPerHour = 3'600 * microsPerSecond;
inline constexpr qint64 microsPerDay = 24 * microsPerHour;
inline constexpr qint64 microsPerWeek = 7 * microsPerDay;

/// Bends evenly flowing time into the rhythm of a week: a moment in Monday-based micros keeps its
/// week, but is moved to hours in which something happens. Monotone, so order is kept.
[[nodiscard]] qint64 toWorkingTime(qint64 micros, int hoursEastOfUtc);

/// A number for each calendar month (UTC), and its "2026-03".
[[nodiscard]] int monthOf(qint64 micros);
struct MonthName
{
    char text[8]; ///< with its terminating zero
};
[[nodiscard]] MonthName monthName(int month);

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Round numbers for the axis of a chart.
#pragma once
#include <QtCore/QList>
#include <QtCore/QString>

namespace tallystick {

enum class Scale { Linear, Logarithmic };

/// An axis that covers its values with round ends and a few round ticks.
struct Axis
{
    double from = 0;
    double to = 1;
    QList<double> ticks; ///< ascending, within from..to
};

/// Covers \a low..\a high with about \a wanted steps of 1, 2 or 5 times a power of ten. Equal or
/// reversed ends are widened; the axis never has zero length.
[[nodiscard]] Axis linearAxis(double low, double high, int wanted);
/// Whole decades; values of zero or less count as \a floor, which must be above zero.
[[nodiscard]] Axis logAxis(double low, double high, double floor);
/// Where \a value stands between the ends of \a axis, 0..1 when inside.
[[nodiscard]] double shareOf(double value, const Axis& axis, Scale scale);
/// "0.5", "20", "1.5k", "2M": short enough for an axis; a real minus sign.
[[nodiscard]] QString tickText(double value);

} // namespace tallystick

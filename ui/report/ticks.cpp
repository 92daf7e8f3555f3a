// SPDX-License-Identifier: GPL-3.0-or-later
//! Steps of 1, 2 and 5 times a power of ten.
#include "ui/report/ticks.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <cmath>

namespace tallystick {

namespace {

double roundStep(double span, int wanted)
{
    const double raw = span / std::max(1, wanted);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

Axis linearAxis(double low, double high, int wanted)
{
    if (!std::isfinite(low) || !std::isfinite(high))
        return linearAxis(0, 1, wanted);
    if (high < low)
        std::swap(low, high);
    if (high - low < 1e-9 * std::max(1.0, std::abs(high)))
        high = low + std::max(1.0, std::abs(low) * 0.1);
    const double step = roundStep(high - low, wanted);
    Axis axis;
    axis.from = std::floor(low / step + 1e-9) * step;
    axis.to = std::ceil(high / step - 1e-9) * step;
    const auto count = static_cast<int>(std::lround((axis.to - axis.from) / step));
    for (int i = 0; i <= count; ++i)
        axis.ticks.append(axis.from + i * step);
    return axis;
}

Axis logAxis(double low, double high, double floor)
{
    const double bottom = std::log10(std::max(low, floor));
    const double top = std::log10(std::max({high, low, floor}));
    auto first = static_cast<int>(std::floor(bottom + 1e-9));
    auto last = static_cast<int>(std::ceil(top - 1e-9));
    if (last <= first)
        last = first + 1;
    Axis axis{.from = std::pow(10.0, first), .to = std::pow(10.0, last), .ticks = {}};
    for (int decade = first; decade <= last; ++decade)
        axis.ticks.append(std::pow(10.0, decade));
    return axis;
}

double shareOf(double value, const Axis& axis, Scale scale)
{
    if (scale == Scale::Linear)
        return (value - axis.from) / (axis.to - axis.from);
    return std::log(std::max(value, axis.from) / axis.from) / std::log(axis.to / axis.from);
}

QString tickText(double value)
{
    struct Unit
    {
        double size;
        const char16_t* suffix;
    };
    QString suffix;
    double shown = std::abs(value);
    for (const Unit unit : {Unit{1e9, u"G"}, Unit{1e6, u"M"}, Unit{1e4, u"k"}}) {
        if (shown >= unit.size) {
            shown /= unit.size == 1e4 ? 1e3 : unit.size;
            suffix = QString::fromUtf16(unit.suffix);
            break;
        }
    }
    // Six digits tell neighbouring ticks apart without showing what binary fractions leave behind.
    const QString digits = QLocale::c().toString(shown, 'g', 6);
    return (value < 0 ? QStringLiteral("\u2212") : QString()) + digits + suffix;
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Charts and timelines as inline SVG.
#pragma once
#include "ui/report/runseries.h"

namespace tallystick {

/// \a text safe inside an XML element or attribute: markup escaped, control characters dropped.
[[nodiscard]] QString escaped(const QString& text);

/// One chart as an <svg> element. Colours are CSS classes (ink0 … ink4), so that the page decides
/// between light and dark.
[[nodiscard]] QString svgChart(const CurveChart& chart, const Axis& time);
/// Operations by worker: lock wait hatched, work solid, the rest lighter.
[[nodiscard]] QString svgTimeline(const QList<TimelineEntry>& timeline);

} // namespace tallystick

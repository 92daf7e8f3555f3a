// SPDX-License-Identifier: GPL-3.0-or-later
//! The curves of a run: what the window's charts and the report's charts both draw.
#pragma once
#include "ledger/stress/live.h"
#include "ui/report/ticks.h"

#include <QtCore/QPointF>

namespace tallystick {

/// The five colours of curves, told apart by colour-blind people too, in the order of use.
enum class Ink { Blue, Orange, Magenta, Green, Grey };

/// One curve; x in seconds since the run began.
struct Curve
{
    QString name;
    Ink ink = Ink::Blue;
    QList<QPointF> points;
    QString newest; ///< the last value in words, for the legend; empty before the first
};

enum class Measure { PerSecond, Milliseconds, Credits, Sessions, Operations };

/// One chart of the stack.
struct CurveChart
{
    QString title;
    QString emptySentence; ///< shown in place of curves
    Measure measure = Measure::PerSecond;
    Scale scale = Scale::Linear;
    QList<Curve> curves;
    [[nodiscard]] bool isEmpty() const;
};

/// At most so many points a curve reach the screen; a pixel column cannot show more.
inline constexpr int maxCurvePoints = 600;
/// A logarithmic axis has no zero: what is faster counts as one microsecond.
inline constexpr double leastMilliseconds = 0.001;

[[nodiscard]] CurveChart throughputChart(const LiveSnapshot& snapshot);
[[nodiscard]] CurveChart responseChart(const LiveSnapshot& snapshot);
/// How late operations of an open run were sent.
[[nodiscard]] CurveChart lagChart(const LiveSnapshot& snapshot);
/// How many operations of an open run were due and not sent.
[[nodiscard]] CurveChart backlogChart(const LiveSnapshot& snapshot);
/// Where the service time goes, of ways that tell it: lock wait, work under the lock, the rest.
[[nodiscard]] CurveChart anatomyChart(const LiveSnapshot& snapshot);
[[nodiscard]] CurveChart balanceChart(const LiveSnapshot& snapshot);
[[nodiscard]] CurveChart waitingChart(const LiveSnapshot& snapshot);
/// Those that say something of this run, in the order they are stacked; without a run, those of
/// every run.
[[nodiscard]] QList<CurveChart> runCharts(const LiveSnapshot& snapshot);

/// The axis all charts of a run share: from 0 to where the newest bucket ends.
[[nodiscard]] Axis timeAxis(const LiveSnapshot& snapshot);
[[nodiscard]] Axis valueAxis(const CurveChart& chart);
/// A tick of a value axis: "$20", "1.5k", "10 ms".
[[nodiscard]] QString axisText(double tick, Measure measure);
/// \a value with its unit, as legends and read-outs say it.
[[nodiscard]] QString valueText(double value, Measure measure);
/// The value of \a curve at or before \a seconds; nothing before its first point.
[[nodiscard]] std::optional<double> valueAt(const Curve& curve, double seconds);

} // namespace tallystick

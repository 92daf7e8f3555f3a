// SPDX-License-Identifier: GPL-3.0-or-later
//! Turns snapshots into curves; no drawing here.
#include "ui/report/runseries.h"

#include "ui/report/runwords.h"
#include "ui/shared/format.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace tallystick {

namespace {

struct RunSeries
{
    Q_DECLARE_TR_FUNCTIONS(RunSeries)
};

/// How much of a bucket has been lived: the newest is still filling. A sliver of one would make
/// rates jump, so a fifth counts at least, unless the whole run was shorter.
double livedSeconds(const LiveSnapshot& snapshot, qsizetype index)
{
    const SeriesPoint& point = snapshot.series[index];
    const double lived = snapshot.elapsedSeconds - point.atSeconds;
    if (index + 1 < snapshot.series.size() || lived <= 0 || lived >= point.bucketSeconds)
        return point.bucketSeconds;
    return index == 0 ? lived : std::max(lived, point.bucketSeconds / 5);
}

/// A finished run ends somewhere in its last bucket: what that counts is no rate of the run.
qsizetype drawnBuckets(const LiveSnapshot& snapshot)
{
    const qsizetype buckets = snapshot.series.size();
    const bool endsWithin = snapshot.phase == LiveSnapshot::Phase::Finished && buckets > 1 &&
                            snapshot.elapsedSeconds < snapshot.series.last().atSeconds +
                                                          snapshot.series.last().bucketSeconds;
    return endsWithin ? buckets - 1 : buckets;
}

/// A bucket stands at its middle: what it counts happened all over it.
template <class Value>
Curve curveOf(const QString& name, Ink ink, const LiveSnapshot& snapshot, Measure measure,
              Value value)
{
    Curve curve{.name = name, .ink = ink, .points = {}, .newest = {}};
    const qsizetype buckets = drawnBuckets(snapshot);
    curve.points.reserve(buckets);
    for (qsizetype i = 0; i < buckets; ++i) {
        const double lived = livedSeconds(snapshot, i);
        if (const std::optional<double> y = value(snapshot.series[i], lived))
            curve.points.append({snapshot.series[i].atSeconds + lived / 2, *y});
    }
    if (!curve.points.isEmpty())
        curve.newest = valueText(curve.points.last().y(), measure);
    return curve;
}

Curve rateCurve(const QString& name, Ink ink, const LiveSnapshot& snapshot,
                qint64 SeriesPoint::*count)
{
    return curveOf(name, ink, snapshot, Measure::PerSecond,
                   [count](const SeriesPoint& point, double lived) -> std::optional<double> {
                       if (lived <= 0)
                           return std::nullopt;
                       return static_cast<double>(point.*count) / lived;
                   });
}

/// \a quantile of \a times; no answer is not a fast answer.
Curve percentileCurve(const QString& name, Ink ink, const LiveSnapshot& snapshot,
                      Percentiles SeriesPoint::*times, qint64 Percentiles::*quantile)
{
    return curveOf(name, ink, snapshot, Measure::Milliseconds,
                   [=](const SeriesPoint& point, double) -> std::optional<double> {
                       if ((point.*times).count == 0)
                           return std::nullopt;
                       const double micros = static_cast<double>(point.*times.*quantile);
                       return std::max(micros / 1000, leastMilliseconds);
                   });
}

Curve sessionsCurve(const QString& name, Ink ink, const LiveSnapshot& snapshot,
                    int SeriesPoint::*count)
{
    return curveOf(name, ink, snapshot, Measure::Sessions,
                   [count](const SeriesPoint& point, double) -> std::optional<double> {
                       return point.*count;
                   });
}

/// Balances stand still between postings, so the curve goes in steps; when there are more points
/// than columns, each group of neighbours keeps its lowest and highest.
QList<QPointF> stepsOf(const QList<QPair<double, Credits>>& points)
{
    QList<QPointF> kept;
    const auto room = static_cast<qsizetype>(maxCurvePoints) / 4;
    const qsizetype group = (points.size() + room - 1) / std::max<qsizetype>(1, room);
    const auto append = [&kept](const QPair<double, Credits>& point) {
        const auto y = static_cast<double>(point.second.value());
        if (!kept.isEmpty())
            kept.append({point.first, kept.last().y()});
        kept.append({point.first, y});
    };
    for (qsizetype from = 0; from < points.size(); from += group) {
        const auto first = points.begin() + from;
        const auto last = points.begin() + std::min(points.size(), from + group);
        auto [low, high] = std::minmax_element(
            first, last, [](const auto& a, const auto& b) { return a.second < b.second; });
        if (high < low)
            std::swap(low, high);
        append(*low);
        if (low != high)
            append(*high);
    }
    if (!points.isEmpty() && kept.last().y() != static_cast<double>(points.last().second.value()))
        append(points.last());
    return kept;
}

} // namespace

bool CurveChart::isEmpty() const
{
    return std::all_of(curves.begin(), curves.end(),
                       [](const Curve& curve) { return curve.points.isEmpty(); });
}

CurveChart throughputChart(const LiveSnapshot& snapshot)
{
    return {.title = RunSeries::tr("Throughput"),
            .emptySentence = RunSeries::tr("Operations a second appear here while a run is on."),
            .measure = Measure::PerSecond,
            .scale = Scale::Linear,
            .curves = {
                rateCurve(RunSeries::tr("ok"), Ink::Blue, snapshot, &SeriesPoint::ok),
                rateCurve(RunSeries::tr("refused"), Ink::Orange, snapshot, &SeriesPoint::refused),
                rateCurve(RunSeries::tr("failed"), Ink::Magenta, snapshot, &SeriesPoint::failed),
                rateCurve(RunSeries::tr("unknown"), Ink::Grey, snapshot, &SeriesPoint::unknown)}};
}

CurveChart responseChart(const LiveSnapshot& snapshot)
{
    return {.title = RunSeries::tr("Response time"),
            .emptySentence = RunSeries::tr("Response times appear here after the first answer."),
            .measure = Measure::Milliseconds,
            .scale = Scale::Logarithmic,
            .curves = {percentileCurve(QStringLiteral("p50"), Ink::Blue, snapshot,
                                       &SeriesPoint::response, &Percentiles::p50),
                       percentileCurve(QStringLiteral("p95"), Ink::Green, snapshot,
                                       &SeriesPoint::response, &Percentiles::p95),
                       percentileCurve(QStringLiteral("p99"), Ink::Orange, snapshot,
                                       &SeriesPoint::response, &Percentiles::p99),
                       percentileCurve(RunSeries::tr("max"), Ink::Magenta, snapshot,
                                       &SeriesPoint::response, &Percentiles::max)}};
}

CurveChart lagChart(const LiveSnapshot& snapshot)
{
    const auto lag = [&](const QString& name, Ink ink, qint64 Percentiles::*quantile) {
        return percentileCurve(name, ink, snapshot, &SeriesPoint::lag, quantile);
    };
    return {.title = RunSeries::tr("Sent late by"),
            .emptySentence = RunSeries::tr("How late operations are sent appears here."),
            .measure = Measure::Milliseconds,
            .scale = Scale::Logarithmic,
            .curves = {lag(QStringLiteral("p50"), Ink::Blue, &Percentiles::p50),
                       lag(QStringLiteral("p99"), Ink::Orange, &Percentiles::p99),
                       lag(RunSeries::tr("max"), Ink::Magenta, &Percentiles::max)}};
}

CurveChart backlogChart(const LiveSnapshot& snapshot)
{
    return {.title = RunSeries::tr("Backlog"),
            .emptySentence = RunSeries::tr("Operations that are due and not sent appear here."),
            .measure = Measure::Operations,
            .scale = Scale::Linear,
            .curves = {curveOf(RunSeries::tr("due and not sent"), Ink::Magenta, snapshot,
                               Measure::Operations,
                               [](const SeriesPoint& point, double) -> std::optional<double> {
                                   return point.backlog;
                               })}};
}

CurveChart anatomyChart(const LiveSnapshot& snapshot)
{
    const auto part = [&](const QString& name, Ink ink, Percentiles SeriesPoint::*times) {
        return percentileCurve(name, ink, snapshot, times, &Percentiles::p95);
    };
    return {
        .title = RunSeries::tr("Where the time goes, p95"),
        .emptySentence = RunSeries::tr("Lock waits and work appear here."),
        .measure = Measure::Milliseconds,
        .scale = Scale::Logarithmic,
        .curves = {part(RunSeries::tr("waiting for the lock"), Ink::Orange, &SeriesPoint::lockWait),
                   part(RunSeries::tr("work under it"), Ink::Blue, &SeriesPoint::work),
                   part(RunSeries::tr("commit and network"), Ink::Green, &SeriesPoint::rest)}};
}

CurveChart balanceChart(const LiveSnapshot& snapshot)
{
    static constexpr std::array inks{Ink::Blue, Ink::Orange, Ink::Magenta, Ink::Green, Ink::Grey};
    CurveChart chart{.title = RunSeries::tr("Balance"),
                     .emptySentence =
                         RunSeries::tr("Balances of the busiest customers appear here."),
                     .measure = Measure::Credits,
                     .scale = Scale::Linear,
                     .curves = {}};
    for (const BalanceTrack& track : snapshot.hottest.first(
             std::min(snapshot.hottest.size(), static_cast<qsizetype>(inks.size())))) {
        Curve curve{.name = shortUserName(track.user),
                    .ink = inks.at(static_cast<size_t>(chart.curves.size())),
                    .points = stepsOf(track.points),
                    .newest = {}};
        if (!curve.points.isEmpty())
            curve.newest = valueText(curve.points.last().y(), chart.measure);
        chart.curves.append(curve);
    }
    return chart;
}

CurveChart waitingChart(const LiveSnapshot& snapshot)
{
    return {.title = RunSeries::tr("Sessions waiting"),
            .emptySentence =
                RunSeries::tr("Sessions that wait for a lock or a commit appear here."),
            .measure = Measure::Sessions,
            .scale = Scale::Linear,
            .curves = {sessionsCurve(RunSeries::tr("for a lock"), Ink::Orange, snapshot,
                                     &SeriesPoint::waitingForLock),
                       sessionsCurve(RunSeries::tr("for the commit"), Ink::Blue, snapshot,
                                     &SeriesPoint::waitingForCommit)}};
}

QList<CurveChart> runCharts(const LiveSnapshot& snapshot)
{
    QList<CurveChart> charts{throughputChart(snapshot), responseChart(snapshot)};
    const bool isOpen = snapshot.lag.count > 0;
    if (isOpen)
        charts << lagChart(snapshot) << backlogChart(snapshot);
    const bool hasAnatomy =
        std::any_of(snapshot.series.begin(), snapshot.series.end(),
                    [](const SeriesPoint& point) { return point.work.count > 0; });
    if (hasAnatomy)
        charts << anatomyChart(snapshot);
    return charts << balanceChart(snapshot) << waitingChart(snapshot);
}

Axis timeAxis(const LiveSnapshot& snapshot)
{
    double until = snapshot.elapsedSeconds;
    if (!snapshot.series.isEmpty()) {
        const double lived = livedSeconds(snapshot, snapshot.series.size() - 1);
        until = std::max(until, snapshot.series.last().atSeconds + lived);
    }
    for (const BalanceTrack& track : snapshot.hottest)
        if (!track.points.isEmpty())
            until = std::max(until, track.points.last().first);
    if (until <= 0)
        until = 1;
    Axis axis = linearAxis(0, until, 8);
    // The picture ends where the run is; only the ticks are round.
    axis.to = until;
    while (!axis.ticks.isEmpty() && axis.ticks.last() > until * (1 + 1e-9))
        axis.ticks.removeLast();
    return axis;
}

Axis valueAxis(const CurveChart& chart)
{
    double low = chart.measure == Measure::Credits ? std::numeric_limits<double>::max() : 0;
    double high = std::numeric_limits<double>::lowest();
    if (chart.scale == Scale::Logarithmic)
        low = std::numeric_limits<double>::max();
    for (const Curve& curve : chart.curves) {
        for (const QPointF& point : curve.points) {
            low = std::min(low, point.y());
            high = std::max(high, point.y());
        }
    }
    if (chart.scale == Scale::Logarithmic) {
        if (chart.isEmpty())
            return logAxis(0.1, 100, leastMilliseconds);
        return logAxis(low, high, leastMilliseconds);
    }
    if (chart.isEmpty())
        return linearAxis(0, chart.measure == Measure::Credits ? 1000 : 10, 4);
    // Near zero the zero line tells more than a magnified detail.
    if (low > 0 && low < high / 2)
        low = 0;
    return linearAxis(low, std::max(high, low + (chart.measure == Measure::Sessions ? 4 : 0)), 4);
}

QString axisText(double tick, Measure measure)
{
    if (measure == Measure::Credits) {
        const QString dollars = tickText(std::abs(tick) / 100);
        return (tick < 0 ? QString(format::minus) : QString()) + QLatin1Char('$') + dollars;
    }
    if (measure == Measure::Milliseconds)
        return tick < 1000 ? RunSeries::tr("%1 ms").arg(tickText(tick))
                           : RunSeries::tr("%1 s").arg(tickText(tick / 1000));
    return tickText(tick);
}

QString valueText(double value, Measure measure)
{
    switch (measure) {
    case Measure::PerSecond:
        return RunSeries::tr("%1/s").arg(value < 10 && value > 0
                                             ? QString::number(value, 'f', 1)
                                             : format::count(static_cast<qint64>(value + 0.5)));
    case Measure::Milliseconds:
        return format::duration(static_cast<qint64>(value * 1000 + 0.5));
    case Measure::Credits:
        return format::money(Credits::of(std::llround(value)));
    case Measure::Sessions:
    case Measure::Operations:
        return format::count(static_cast<qint64>(value + 0.5));
    }
    Q_UNREACHABLE();
}

std::optional<double> valueAt(const Curve& curve, double seconds)
{
    const auto after =
        std::upper_bound(curve.points.begin(), curve.points.end(), seconds,
                         [](double x, const QPointF& point) { return x < point.x(); });
    if (after == curve.points.begin())
        return std::nullopt;
    return std::prev(after)->y();
}

} // namespace tallystick

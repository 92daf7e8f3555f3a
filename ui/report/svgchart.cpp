// SPDX-License-Identifier: GPL-3.0-or-later
//! Plain SVG 1.1 elements; the page's style sheet gives them colour and type.
#include "ui/report/svgchart.h"

#include "ui/report/runwords.h"
#include "ui/report/timelinelayout.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace tallystick {

namespace {

struct SvgWords
{
    Q_DECLARE_TR_FUNCTIONS(SvgChart)
};

constexpr double pictureWidth = 960;
constexpr double leftEdge = 64;
constexpr double rightEdge = pictureWidth - 8;

struct Frame
{
    double top = 8;
    double bottom = 148;
    Axis time;
    Axis value;
    Scale scale = Scale::Linear;
    [[nodiscard]] double x(double seconds) const
    {
        return leftEdge + shareOf(seconds, time, Scale::Linear) * (rightEdge - leftEdge);
    }
    [[nodiscard]] double y(double at) const
    {
        return bottom - shareOf(at, value, scale) * (bottom - top);
    }
};

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

/// The label of a tick of the time axis; at either end it must not stick out of the picture.
const char* anchorOf(double x)
{
    constexpr double halfLabel = 20;
    return x < leftEdge + halfLabel ? "start" : x > rightEdge - halfLabel ? "end" : "middle";
}

QString text(double x, double y, const char* anchor, const QString& content)
{
    return QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\">%4</text>")
        .arg(number(x), number(y), QLatin1String(anchor), escaped(content));
}

QString line(double x1, double y1, double x2, double y2)
{
    return QStringLiteral("<line class=\"grid\" x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\"/>")
        .arg(number(x1), number(y1), number(x2), number(y2));
}

QString open(double height, const QString& label)
{
    return QStringLiteral("<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">")
        .arg(number(pictureWidth), number(height), escaped(label));
}

QString curve(const Curve& curve, const Frame& frame)
{
    const int ink = static_cast<int>(curve.ink);
    if (curve.points.size() == 1) { // a line of one point has no length: it is drawn as a dot
        const QPointF point = curve.points.first();
        return QStringLiteral("<circle class=\"dot%1\" cx=\"%2\" cy=\"%3\" r=\"3\"/>")
            .arg(QString::number(ink), number(frame.x(point.x())), number(frame.y(point.y())));
    }
    QString points;
    for (const QPointF& point : curve.points)
        points += number(frame.x(point.x())) + QLatin1Char(',') + number(frame.y(point.y())) +
                  QLatin1Char(' ');
    return QStringLiteral("<polyline class=\"ink%1\" points=\"%2\"/>")
        .arg(QString::number(ink), points.trimmed());
}

QString bar(const Stretch& stretch, const Frame& frame, double top, double height,
            const QString& outcome)
{
    using Kind = Stretch::Kind;
    const char* part = stretch.kind == Kind::LockWait ? "wait"
                       : stretch.kind == Kind::Rest   ? "rest"
                       : stretch.kind == Kind::Open   ? "rest"
                                                      : "work";
    const double from = frame.x(static_cast<double>(stretch.fromMicros));
    const double until = frame.x(static_cast<double>(stretch.untilMicros));
    return QStringLiteral("<rect class=\"%1 %2\" x=\"%3\" y=\"%4\" width=\"%5\" height=\"%6\"/>")
        .arg(QLatin1String(part), outcome, number(from), number(top),
             number(std::max(0.8, until - from)), number(height));
}

/// Only outcomes the style sheet knows become a class: the text of a run names no CSS.
QString outcomeClass(const QString& outcome)
{
    for (const char* known : {"ok", "replayed", "refused", "failed", "unknown"})
        if (outcome == QLatin1String(known))
            return QStringLiteral("o-") + outcome;
    return QStringLiteral("o-unknown");
}

} // namespace

QString escaped(const QString& text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        const bool isAllowed = unit >= 0x20 || unit == u'\t' || unit == u'\n';
        if (isAllowed && unit != 0xFFFE && unit != 0xFFFF)
            clean += c;
    }
    return clean.toHtmlEscaped();
}

QString svgChart(const CurveChart& chart, const Axis& time)
{
    Frame frame{.time = time, .value = valueAxis(chart), .scale = chart.scale};
    QString svg = open(frame.bottom + 24, chart.title);
    for (const double tick : frame.value.ticks) {
        svg += line(leftEdge, frame.y(tick), rightEdge, frame.y(tick));
        svg += text(leftEdge - 8, frame.y(tick) + 4, "end", axisText(tick, chart.measure));
    }
    for (const double tick : time.ticks)
        svg += text(frame.x(tick), frame.bottom + 18, anchorOf(frame.x(tick)),
                    SvgWords::tr("%1 s").arg(tickText(tick)));
    if (chart.isEmpty())
        svg += text((leftEdge + rightEdge) / 2, (frame.top + frame.bottom) / 2, "middle",
                    SvgWords::tr("Nothing to draw in this run."));
    for (const Curve& each : chart.curves)
        if (!each.points.isEmpty())
            svg += curve(each, frame);
    return svg + QStringLiteral("</svg>");
}

QString svgTimeline(const QList<TimelineEntry>& timeline)
{
    const TimelineLayout layout = layoutOf(timeline);
    const double laneHeight = layout.lanes.size() > 40 ? 8 : 16;
    Frame frame;
    frame.bottom = frame.top + laneHeight * static_cast<double>(layout.lanes.size());
    const double until = std::max(1.0, static_cast<double>(layout.untilMicros));
    frame.time = linearAxis(0, until, 8);
    frame.time.to = until;
    QString svg = open(frame.bottom + 24, SvgWords::tr("Operations by worker"));
    for (const double tick : frame.time.ticks) {
        if (tick > until)
            continue;
        svg += line(frame.x(tick), frame.top, frame.x(tick), frame.bottom);
        svg += text(frame.x(tick), frame.bottom + 18, anchorOf(frame.x(tick)),
                    SvgWords::tr("%1 ms").arg(tickText(tick / 1000)));
    }
    for (qsizetype lane = 0; lane < layout.lanes.size(); ++lane) {
        const double top = frame.top + laneHeight * static_cast<double>(lane);
        if (laneHeight > 10 || lane % 5 == 0)
            svg += text(leftEdge - 8, top + laneHeight * 0.75, "end",
                        QString::number(layout.lanes[lane].worker));
        for (const int index : layout.lanes[lane].entries) {
            const TimelineEntry& entry = timeline[index];
            svg += QStringLiteral("<g><title>%1</title>")
                       .arg(escaped(entrySentence(entry, overlapsOf(timeline, index))));
            for (const Stretch& stretch : stretchesOf(entry, layout.untilMicros)) {
                const QString outcome =
                    outcomeClass(entry.finished ? entry.outcome : QStringLiteral("unknown"));
                svg += bar(stretch, frame, top + 2, laneHeight - 4, outcome);
                if (stretch.kind == Stretch::Kind::LockWait)
                    svg += bar(stretch, frame, top + 2, laneHeight - 4, QStringLiteral("hatched"));
            }
            svg += QStringLiteral("</g>");
        }
    }
    return svg + QStringLiteral("</svg>");
}

} // namespace tallystick

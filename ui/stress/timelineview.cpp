// SPDX-License-Identifier: GPL-3.0-or-later
//! Paints only the lanes in view.
#include "ui/stress/timelineview.h"

#include "ui/report/runwords.h"
#include "ui/shared/theme.h"
#include "ui/stress/chartview.h"
#include "ui/stress/legendline.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int axisHeight = 22;
constexpr int leastLane = 10;
constexpr int mostLane = 28;
constexpr int leastLabelledLane = 14;
constexpr int leastLanesHeight = 5; ///< lanes: an empty picture is not a stripe

QColor faded(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

} // namespace

TimelineView::TimelineView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("stressTimeline"));
    setAccessibleName(tr("Operations by worker"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setTimeline({}, 0);
}

void TimelineView::setTimeline(const QList<TimelineEntry>& timeline, double elapsedSeconds)
{
    m_timeline = timeline;
    m_layout = layoutOf(timeline);
    m_laneOf.fill(0, timeline.size());
    for (qsizetype lane = 0; lane < m_layout.lanes.size(); ++lane)
        for (const int entry : m_layout.lanes[lane].entries)
            m_laneOf[entry] = static_cast<int>(lane);
    const bool isOpen = std::any_of(timeline.begin(), timeline.end(),
                                    [](const TimelineEntry& entry) { return !entry.finished; });
    m_nowMicros = m_layout.untilMicros;
    if (isOpen)
        m_nowMicros = std::max(m_nowMicros, static_cast<qint64>(elapsedSeconds * 1e6));
    const double until = std::max(1000.0, static_cast<double>(m_nowMicros));
    m_time = linearAxis(0, until, 6);
    m_time.to = until * 1.01; // the last bar ends before the edge
    if (m_current >= timeline.size())
        setCurrent(-1);
    layOut();
}

void TimelineView::layOut()
{
    const auto lanes = static_cast<int>(std::max<qsizetype>(1, m_layout.lanes.size()));
    const int room = viewport()->height() - axisHeight;
    m_laneHeight = std::clamp(room / lanes, leastLane, mostLane);
    setMaximumHeight(std::max(lanes, leastLanesHeight) * mostLane + axisHeight);
    verticalScrollBar()->setRange(0, std::max(0, lanes * m_laneHeight - room));
    verticalScrollBar()->setPageStep(std::max(1, room));
    verticalScrollBar()->setSingleStep(m_laneHeight);
    viewport()->update();
}

QSize TimelineView::sizeHint() const
{
    const auto lanes = static_cast<int>(std::max<qsizetype>(4, m_layout.lanes.size()));
    return {480, std::min(lanes, 14) * 20 + axisHeight};
}

double TimelineView::xOf(qint64 micros) const
{
    const double width = viewport()->width() - plotLeft - plotRight;
    return plotLeft + shareOf(static_cast<double>(micros), m_time, Scale::Linear) * width;
}

int TimelineView::topOf(qsizetype lane) const
{
    return static_cast<int>(lane) * m_laneHeight - verticalScrollBar()->value();
}

QRect TimelineView::barOf(int entry) const
{
    if (entry < 0 || entry >= m_timeline.size())
        return {};
    const QList<Stretch> stretches = stretchesOf(m_timeline[entry], m_nowMicros);
    const auto left = static_cast<int>(xOf(stretches.first().fromMicros));
    const auto right = static_cast<int>(std::ceil(xOf(stretches.last().untilMicros)));
    const int inset = m_laneHeight > leastLabelledLane ? 3 : 1;
    return {left, topOf(m_laneOf[entry]) + inset, std::max(3, right - left),
            m_laneHeight - 2 * inset};
}

int TimelineView::entryAt(const QPoint& position) const
{
    if (position.y() > viewport()->height() - axisHeight)
        return -1;
    const int lane = (position.y() + verticalScrollBar()->value()) / m_laneHeight;
    if (lane < 0 || lane >= m_layout.lanes.size())
        return -1;
    for (const int entry : m_layout.lanes[lane].entries)
        if (barOf(entry).adjusted(-1, -3, 1, 3).contains(position))
            return entry;
    return -1;
}

void TimelineView::setCurrent(int entry)
{
    m_current = entry < m_timeline.size() ? entry : -1;
    viewport()->update();
}

void TimelineView::choose(int entry)
{
    if (entry == m_current)
        return;
    setCurrent(entry);
    emit currentChanged(m_current);
}

void TimelineView::step(int by)
{
    if (m_timeline.isEmpty())
        return;
    const auto last = static_cast<int>(m_timeline.size()) - 1;
    choose(m_current < 0 ? 0 : std::clamp(m_current + by, 0, last));
    const int top = m_laneOf[m_current] * m_laneHeight;
    const int shown = verticalScrollBar()->value();
    if (top < shown)
        verticalScrollBar()->setValue(top);
    else if (top + m_laneHeight > shown + verticalScrollBar()->pageStep())
        verticalScrollBar()->setValue(top + m_laneHeight - verticalScrollBar()->pageStep());
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        step(-1);
        break;
    case Qt::Key_Right:
    case Qt::Key_Down:
        step(1);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::MouseMove)
        choose(entryAt(static_cast<QMouseEvent*>(event)->position().toPoint()));
    else if (event->type() == QEvent::Leave)
        choose(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::paintEntry(QPainter& painter, const TimelineEntry& entry, int top) const
{
    const QColor color =
        inkColor(outcomeInk(entry.finished ? entry.outcome : QStringLiteral("unknown")), palette());
    const int inset = m_laneHeight > leastLabelledLane ? 3 : 1;
    for (const Stretch& stretch : stretchesOf(entry, m_nowMicros)) {
        const double from = xOf(stretch.fromMicros);
        const double width = std::max(1.5, xOf(stretch.untilMicros) - from);
        const QRectF bar(from, top + inset, width, m_laneHeight - 2 * inset);
        switch (stretch.kind) {
        case Stretch::Kind::LockWait:
            painter.fillRect(bar, faded(color, 0.2F));
            painter.fillRect(bar, QBrush(faded(color, 0.75F), Qt::BDiagPattern));
            break;
        case Stretch::Kind::Rest:
            painter.fillRect(bar, faded(color, 0.5F));
            break;
        case Stretch::Kind::Open:
            painter.fillRect(bar, faded(color, 0.3F));
            break;
        case Stretch::Kind::Work:
        case Stretch::Kind::Whole:
            painter.fillRect(bar, color);
            break;
        }
    }
}

void TimelineView::paintLane(QPainter& painter, qsizetype lane) const
{
    const int top = topOf(lane);
    if (m_laneHeight >= leastLabelledLane || lane % 5 == 0) {
        painter.setPen(theme::color(theme::Role::Secondary, palette()));
        painter.drawText(QRect(0, top, plotLeft - theme::gap, std::max(m_laneHeight, 14)),
                         Qt::AlignRight | Qt::AlignVCenter,
                         tr("w%1").arg(m_layout.lanes[lane].worker));
    }
    for (const int entry : m_layout.lanes[lane].entries)
        paintEntry(painter, m_timeline[entry], top);
}

void TimelineView::paintAxis(QPainter& painter) const
{
    const int bottom = viewport()->height() - axisHeight;
    QColor grid = theme::color(theme::Role::Text, palette());
    grid.setAlphaF(0.08F);
    for (const double tick : m_time.ticks) {
        if (tick > m_time.to)
            continue;
        const double x = std::round(xOf(static_cast<qint64>(tick))) + 0.5;
        painter.setPen(QPen(grid, 1));
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
        painter.setPen(theme::color(theme::Role::Secondary, palette()));
        const QString label = tr("%1 ms").arg(tickText(tick / 1000));
        const int width = painter.fontMetrics().horizontalAdvance(label);
        const double left = std::min(x - width / 2.0, viewport()->width() - width - 2.0);
        painter.drawText(QPointF(left, bottom + axisHeight - 6), label);
    }
}

void TimelineView::paintSpan(QPainter& painter) const
{
    const QRect bar = barOf(m_current);
    if (bar.isEmpty())
        return;
    const QColor accent = theme::color(theme::Role::Accent, palette());
    painter.fillRect(QRect(bar.left(), 0, bar.width(), viewport()->height() - axisHeight),
                     faded(accent, 0.1F));
    painter.setPen(QPen(accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(bar).adjusted(-1, -1, 1, 1));
}

void TimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setFont(theme::font(theme::Type::Caption));
    paintAxis(painter);
    if (m_timeline.isEmpty()) {
        painter.setPen(theme::color(theme::Role::Secondary, palette()));
        painter.setFont(theme::font(theme::Type::Body));
        painter.drawText(viewport()->rect().adjusted(plotLeft, 0, -plotRight, -axisHeight),
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Each operation of a run of up to 500 appears here as a bar."));
    }
    painter.setClipRect(0, 0, viewport()->width(), viewport()->height() - axisHeight);
    for (qsizetype lane = 0; lane < m_layout.lanes.size(); ++lane)
        if (topOf(lane) + m_laneHeight > 0 && topOf(lane) < viewport()->height())
            paintLane(painter, lane);
    paintSpan(painter);
    painter.setClipping(false);
    if (hasFocus()) {
        painter.setPen(QPen(theme::color(theme::Role::Accent, palette()), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace tallystick

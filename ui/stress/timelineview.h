// SPDX-License-Identifier: GPL-3.0-or-later
//! The operations of a small run as bars by worker, so that waiting and overlapping can be seen.
#pragma once
#include "ui/report/ticks.h"
#include "ui/report/timelinelayout.h"

#include <QtWidgets/QAbstractScrollArea>

namespace tallystick {

/// Hatched: waiting for the row lock; solid: work under it; pale: commit and network. One entry can
/// be current: by hovering, by the arrow keys or from outside; its span is marked in every lane.
class TimelineView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimelineView(QWidget* parent = nullptr);
    void setTimeline(const QList<TimelineEntry>& timeline, double elapsedSeconds);
    /// −1: none.
    void setCurrent(int entry);
    [[nodiscard]] int current() const { return m_current; }
    /// Where entry's bar is drawn, in the viewport; empty when there is no such entry.
    [[nodiscard]] QRect barOf(int entry) const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void currentChanged(int entry);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void layOut();
    void choose(int entry);
    void step(int by);
    [[nodiscard]] int entryAt(const QPoint& position) const;
    [[nodiscard]] double xOf(qint64 micros) const;
    [[nodiscard]] int topOf(qsizetype lane) const;
    void paintAxis(QPainter& painter) const;
    void paintLane(QPainter& painter, qsizetype lane) const;
    void paintEntry(QPainter& painter, const TimelineEntry& entry, int top) const;
    void paintSpan(QPainter& painter) const;

    QList<TimelineEntry> m_timeline;
    TimelineLayout m_layout;
    QList<int> m_laneOf; ///< by entry
    Axis m_time;         ///< in microseconds
    qint64 m_nowMicros = 0;
    int m_laneHeight = 20;
    int m_current = -1;
};

} // namespace tallystick

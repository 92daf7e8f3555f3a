// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the steps, the zero line where it is crossed, and a read-out under the pointer.
#include "ui/history/balancecurve.h"

#include "ui/shared/format.h"
#include "ui/shared/theme.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>

namespace tallystick {

using theme::Role;

namespace {

constexpr int captionHeight = 16;

} // namespace

BalanceCurve::BalanceCurve(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setMinimumSize(150, 64);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void BalanceCurve::setPoints(const QList<BalancePoint>& points)
{
    m_points = points;
    m_hovered = -1;
    m_least = m_most = {};
    for (const BalancePoint& point : points) {
        m_least = std::min(m_least, point.balance);
        m_most = std::max(m_most, point.balance);
    }
    if (!points.isEmpty())
        setAccessibleName(tr("Balance from %1 to %2, between %3 and %4")
                              .arg(format::date(points.first().at), format::date(points.last().at),
                                   format::money(m_least), format::money(m_most)));
    update();
}

QSize BalanceCurve::sizeHint() const
{
    return {280, 84};
}

QRectF BalanceCurve::plot() const
{
    return QRectF(rect()).adjusted(1, 4, -5, -captionHeight - 2);
}

QPointF BalanceCurve::place(const BalancePoint& point) const
{
    const QRectF area = plot();
    const auto share = [](qint64 value, qint64 least, qint64 most) {
        return most > least ? double(value - least) / double(most - least) : 0.5;
    };
    return {area.left() + area.width() * share(point.at.micros, m_points.first().at.micros,
                                               m_points.last().at.micros),
            area.bottom() -
                area.height() * share(point.balance.value(), m_least.value(), m_most.value())};
}

int BalanceCurve::pointAt(double x) const
{
    int nearest = -1;
    for (int index = 0; index < m_points.size(); ++index)
        if (place(m_points.at(index)).x() <= x)
            nearest = index;
    return nearest;
}

void BalanceCurve::paintEvent(QPaintEvent*)
{
    if (m_points.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    QPainterPath line(place(m_points.first()));
    for (const BalancePoint& point : m_points) {
        const QPointF to = place(point);
        line.lineTo(to.x(), line.currentPosition().y());
        line.lineTo(to);
    }
    const double zero = place({.at = m_points.first().at, .balance = {}}).y();
    QPainterPath fill = line;
    fill.lineTo(line.currentPosition().x(), zero);
    fill.lineTo(area.left(), zero);
    fill.closeSubpath();
    painter.fillPath(fill, theme::tint(Role::Accent, 9, Role::Surface, palette()));
    painter.setPen(theme::color(Role::Hairline, palette()));
    painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero));
    painter.setPen(
        QPen(theme::seriesColor(0, palette()), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);

    const BalancePoint& read = m_points.at(m_hovered < 0 ? m_points.size() - 1 : m_hovered);
    painter.setPen(QPen(theme::color(Role::Surface, palette()), 2));
    painter.setBrush(theme::seriesColor(0, palette()));
    painter.drawEllipse(place(read), 4, 4);

    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(Role::Secondary, palette()));
    const QRect captions(1, height() - captionHeight, width() - 6, captionHeight);
    if (m_hovered < 0) {
        painter.drawText(captions, Qt::AlignLeft | Qt::AlignVCenter,
                         format::date(m_points.first().at));
        painter.drawText(captions, Qt::AlignRight | Qt::AlignVCenter,
                         format::date(m_points.last().at));
    } else {
        painter.drawText(
            captions, Qt::AlignRight | Qt::AlignVCenter,
            QStringLiteral("%1 · %2").arg(format::date(read.at), format::money(read.balance)));
    }
}

void BalanceCurve::mouseMoveEvent(QMouseEvent* event)
{
    m_hovered = pointAt(event->position().x());
    update();
}

void BalanceCurve::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

} // namespace tallystick

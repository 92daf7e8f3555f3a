// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the card's surface, hairline and edge.
#include "ui/shared/card.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QVBoxLayout>

namespace tallystick {

Card::Card(QWidget* parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    m_column->setSpacing(theme::gap);
}

void Card::setPadding(int horizontal, int vertical)
{
    m_column->setContentsMargins(horizontal, vertical, horizontal, vertical);
}

void Card::setEdge(std::optional<theme::Role> role)
{
    m_edge = role;
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 8, 8);
    painter.fillPath(outline, theme::color(theme::Role::Raised, palette()));
    if (m_edge) {
        painter.save();
        painter.setClipPath(outline);
        painter.fillRect(QRect(0, 0, 4, height()), theme::color(*m_edge, palette()));
        painter.restore();
    }
    painter.setPen(theme::color(theme::Role::Hairline, palette()));
    painter.drawPath(outline);
}

} // namespace tallystick

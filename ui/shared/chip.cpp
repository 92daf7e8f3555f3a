// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws chips, as widgets and in cells alike.
#include "ui/shared/chip.h"

#include <QtGui/QPainter>

namespace tallystick {

namespace {

constexpr int chipHeight = 20;

QFont chipFont()
{
    QFont font = theme::font(theme::Type::Caption);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

Chip::Chip(const QString& text, theme::Role role, QWidget* parent)
    : QWidget(parent)
    , m_role(role)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Chip::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setRole(theme::Role role)
{
    m_role = role;
    update();
}

QSize Chip::sizeHint() const
{
    return sizeOf(m_text);
}

QSize Chip::sizeOf(const QString& text)
{
    return {QFontMetrics(chipFont()).horizontalAdvance(text) + 2 * theme::gap, chipHeight};
}

void Chip::paint(QPainter& painter, const QRect& rect, const QString& text, theme::Role role,
                 const QPalette& palette, bool isHollow)
{
    QRect pill(QPoint(rect.left(), 0), sizeOf(text));
    pill.setWidth(std::min(pill.width(), rect.width()));
    pill.moveTop(rect.top() + (rect.height() - pill.height()) / 2);
    const QColor ink = theme::color(role, palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (isHollow) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme::tint(role, 60, theme::Role::Surface, palette), 1, Qt::DashLine));
    } else {
        painter.setBrush(theme::tint(role, theme::chipPercent, theme::Role::Surface, palette));
        painter.setPen(Qt::NoPen);
    }
    painter.drawRoundedRect(QRectF(pill).adjusted(.5, .5, -.5, -.5), 5, 5);
    painter.setFont(chipFont());
    painter.setPen(ink);
    painter.drawText(
        pill, Qt::AlignCenter,
        QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, pill.width() - theme::gap));
    painter.restore();
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), m_text, m_role, palette());
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the badge; its accessible name is its word.
#include "ui/shared/badge.h"

#include "ui/shared/icons.h"

#include <QtGui/QPainter>

namespace tallystick {

namespace {

constexpr int badgeHeight = 26;
constexpr int iconSide = 16;

QFont badgeFont()
{
    QFont font = theme::font(theme::Type::Body);
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Badge::Badge(QWidget* parent)
    : QAbstractButton(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void Badge::show(const Face& face)
{
    m_face = face;
    setText(face.text);
    setAccessibleName(face.text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {QFontMetrics(badgeFont()).horizontalAdvance(m_face.text) + iconSide + 6 +
                2 * theme::gap + 2,
            badgeHeight};
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int percent = theme::chipPercent + (underMouse() ? 6 : 0);
    painter.setBrush(theme::tint(m_face.role, percent, theme::Role::Surface, palette()));
    const QColor ink = theme::color(m_face.role, palette());
    painter.setPen(hasFocus() ? QPen(ink, 1.5) : QPen(Qt::NoPen));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), badgeHeight / 2.0,
                            badgeHeight / 2.0);
    const QRect icon(theme::gap + 1, (height() - iconSide) / 2, iconSide, iconSide);
    icons::paint(painter, icon, m_face.iconName, ink);
    painter.setFont(badgeFont());
    painter.setPen(ink);
    painter.drawText(rect().adjusted(icon.right() + 6, 0, -theme::gap, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, m_face.text);
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Flat surfaces, hairlines, one accent.
#include "ui/shared/styledraw.h"

#include "ui/shared/icons.h"
#include "ui/shared/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QWidget>

namespace tallystick::styledraw {

using theme::Role;

namespace {

void roundedBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& line,
                qreal width = 1)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    const qreal inset = width / 2;
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), theme::radius,
                            theme::radius);
    painter.restore();
}

/// Visible enough for WCAG 2.1's 3 : 1 on what has to be found (fields), quiet otherwise.
QColor outline(const QPalette& palette)
{
    return theme::tint(Role::Secondary, 45, Role::Surface, palette);
}

struct Face
{
    QColor fill, line, text;
};

Face faceOf(const QStyleOptionButton& option)
{
    const QPalette& palette = option.palette;
    const bool isPrimary = option.features & QStyleOptionButton::DefaultButton;
    const bool isFlat = option.features & QStyleOptionButton::Flat;
    const bool isDown = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool isHovered = option.state & QStyle::State_MouseOver;
    if (!(option.state & QStyle::State_Enabled))
        return {theme::tint(Role::Secondary, isFlat ? 0 : 8, Role::Surface, palette),
                isFlat ? QColor() : theme::color(Role::Hairline, palette),
                palette.color(QPalette::Disabled, QPalette::ButtonText)};
    if (isPrimary) {
        const QColor accent = theme::color(Role::Accent, palette);
        return {isDown || isHovered
                    ? theme::tint(Role::Accent, isDown ? 80 : 90, Role::Text, palette)
                    : accent,
                QColor(), theme::color(Role::OnAccent, palette)};
    }
    const int percent = isDown ? 10 : isHovered ? 5 : 0;
    return {theme::tint(Role::Text, percent, isFlat ? Role::Surface : Role::Raised, palette),
            isFlat ? QColor() : theme::tint(Role::Secondary, 32, Role::Surface, palette),
            theme::color(Role::Text, palette)};
}

} // namespace

void field(const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    const bool isInvalid = widget && widget->property(invalidProperty).toBool();
    const bool isFocused = option.state & QStyle::State_HasFocus;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QColor line = isInvalid   ? theme::color(Role::Negative, option.palette)
                        : isFocused ? theme::color(Role::Accent, option.palette)
                        : isEnabled ? outline(option.palette)
                                    : theme::color(Role::Hairline, option.palette);
    roundedBox(painter, option.rect,
               theme::color(isEnabled ? Role::Surface : Role::Window, option.palette), line,
               isFocused ? 2 : 1);
}

void pushButton(const QStyleOptionButton& option, QPainter& painter)
{
    const Face face = faceOf(option);
    roundedBox(painter, option.rect, face.fill, face.line);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        const bool isPrimary = option.features & QStyleOptionButton::DefaultButton;
        roundedBox(painter, option.rect.adjusted(2, 2, -2, -2), Qt::transparent,
                   theme::color(isPrimary ? Role::OnAccent : Role::Accent, option.palette), 1.5);
    }
    const QFontMetrics metrics(painter.font());
    const int iconSpace = option.icon.isNull() ? 0 : 16 + (option.text.isEmpty() ? 0 : 6);
    const int room = option.rect.width() - theme::gap * 2 - iconSpace;
    const QString text = metrics.elidedText(option.text, Qt::ElideMiddle, room);
    const int width = metrics.horizontalAdvance(text) + iconSpace;
    QRect content(0, 0, width, option.rect.height());
    content.moveCenter(option.rect.center());
    if (iconSpace > 0) {
        const QRect place(content.left(), option.rect.center().y() - 7, 16, 16);
        const bool isPrimary = option.features & QStyleOptionButton::DefaultButton;
        const bool isEnabled = option.state & QStyle::State_Enabled;
        option.icon.paint(&painter, place, Qt::AlignCenter,
                          !isEnabled  ? QIcon::Disabled
                          : isPrimary ? QIcon::Selected
                                      : QIcon::Normal);
    }
    painter.setPen(face.text);
    painter.drawText(content.adjusted(iconSpace, 0, 4, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void toolButton(const QStyleOption& option, QPainter& painter)
{
    const bool isOn = option.state & QStyle::State_On;
    const bool isHovered = option.state & QStyle::State_MouseOver;
    const bool isDown = option.state & QStyle::State_Sunken;
    if (isOn)
        roundedBox(painter, option.rect,
                   theme::tint(Role::Accent, theme::chipPercent, Role::Surface, option.palette),
                   {});
    else if (isDown || (isHovered && option.state & QStyle::State_Enabled))
        roundedBox(painter, option.rect,
                   theme::tint(Role::Text, isDown ? 12 : 6, Role::Surface, option.palette), {});
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        focusRing(option, painter);
}

void checkBox(const QStyleOption& option, QPainter& painter)
{
    QRect box(0, 0, 16, 16);
    box.moveCenter(option.rect.center());
    const bool isOn = option.state & QStyle::State_On;
    const bool isFocused = option.state & QStyle::State_HasFocus;
    const QColor accent = theme::color(Role::Accent, option.palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isOn || isFocused ? accent : outline(option.palette), isFocused ? 2 : 1));
    painter.setBrush(isOn ? accent : theme::color(Role::Surface, option.palette));
    painter.drawRoundedRect(QRectF(box).adjusted(.5, .5, -.5, -.5), 4, 4);
    painter.restore();
    if (isOn)
        icons::paint(painter, box.adjusted(1, 1, -1, -1), QStringLiteral("check"),
                     theme::color(Role::OnAccent, option.palette));
}

void comboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget)
{
    field(option, painter, widget);
    QRect arrow(0, 0, 12, 12);
    arrow.moveCenter({option.rect.right() - 13, option.rect.center().y() + 1});
    icons::paint(painter, arrow, QStringLiteral("chevron-down"),
                 theme::color(Role::Secondary, option.palette));
}

void tab(const QStyleOptionTab& option, QPainter& painter)
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isHovered = option.state & QStyle::State_MouseOver;
    if (!isSelected && isHovered)
        painter.fillRect(option.rect, theme::tint(Role::Text, 4, Role::Window, option.palette));
    if (isSelected) {
        painter.fillRect(option.rect, theme::color(Role::Surface, option.palette));
        QRect bar = option.rect;
        bar.setTop(bar.bottom() - 1);
        painter.fillRect(bar, theme::color(Role::Accent, option.palette));
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        focusRing(option, painter);
}

void closeMark(const QStyleOption& option, QPainter& painter)
{
    QRect box(0, 0, 16, 16);
    box.moveCenter(option.rect.center());
    if (option.state & QStyle::State_MouseOver)
        roundedBox(painter, box, theme::tint(Role::Text, 10, Role::Surface, option.palette), {});
    icons::paint(painter, box.adjusted(3, 3, -3, -3), QStringLiteral("close"),
                 theme::color(Role::Secondary, option.palette));
}

void headerSection(const QStyleOption& option, QPainter& painter)
{
    painter.fillRect(option.rect, theme::color(Role::Surface, option.palette));
    QRect line = option.rect;
    line.setTop(line.bottom());
    painter.fillRect(line, theme::color(Role::Hairline, option.palette));
}

void headerLabel(const QStyleOptionHeader& option, QPainter& painter)
{
    painter.setFont(theme::font(theme::Type::Caption));
    painter.setPen(theme::color(Role::Secondary, option.palette));
    const Qt::Alignment alignment =
        (option.textAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter;
    // With the style's own margin of 4 as far in as the cells below, see HairlineDelegate.
    const QRect rect = option.rect.adjusted(8, 0, -8, 0);
    painter.drawText(
        rect, int(alignment),
        QFontMetrics(painter.font()).elidedText(option.text, Qt::ElideRight, rect.width()));
}

void scrollBar(const QStyleOptionSlider& option, const QRect& thumb, QPainter& painter)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Base));
    if (option.maximum <= option.minimum)
        return;
    const bool isActive = option.state & QStyle::State_MouseOver ||
                          option.activeSubControls & QStyle::SC_ScrollBarSlider;
    const int inset = isActive ? 2 : 3;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        theme::tint(Role::Secondary, isActive ? 60 : 38, Role::Surface, option.palette));
    const QRectF bar = QRectF(thumb).adjusted(inset, inset, -inset, -inset);
    const qreal round = std::min(bar.width(), bar.height()) / 2;
    painter.drawRoundedRect(bar, round, round);
    painter.restore();
}

void focusRing(const QStyleOption& option, QPainter& painter)
{
    roundedBox(painter, option.rect, Qt::transparent, theme::color(Role::Accent, option.palette),
               1.5);
}

} // namespace tallystick::styledraw

// SPDX-License-Identifier: GPL-3.0-or-later
//! Background, hairline, then chip, text, or two lines of text.
#include "ui/shared/hairlinedelegate.h"

#include "ui/shared/chip.h"
#include "ui/shared/hairlinetable.h"

#include <QtGui/QPainter>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

std::optional<Role> roleOf(const QModelIndex& index, int dataRole)
{
    const QVariant value = index.data(dataRole);
    return value.isValid() ? std::optional(Role(value.toInt())) : std::nullopt;
}

QFont fontOf(const QModelIndex& index)
{
    const QVariant type = index.data(TypeRole);
    QFont font = theme::font(type.isValid() ? Type(type.toInt()) : Type::Body);
    const QVariant own = index.data(Qt::FontRole);
    return own.isValid() ? own.value<QFont>().resolve(font) : font;
}

Qt::Alignment alignmentOf(const QModelIndex& index)
{
    const QVariant value = index.data(Qt::TextAlignmentRole);
    return value.isValid() ? Qt::Alignment(value.toInt()) : Qt::AlignLeft | Qt::AlignVCenter;
}

struct Cell
{
    QPainter& painter;
    const QModelIndex& index;
    const QPalette& palette;
    QRect rect; ///< inside the padding
};

void drawText(const Cell& cell, const QRect& rect)
{
    cell.painter.setFont(fontOf(cell.index));
    cell.painter.setPen(
        theme::color(roleOf(cell.index, ColorRole).value_or(Role::Text), cell.palette));
    const Qt::TextElideMode elide =
        cell.index.data(TypeRole) == int(Type::Mono) ? Qt::ElideMiddle : Qt::ElideRight;
    const QString text = cell.painter.fontMetrics().elidedText(
        cell.index.data(Qt::DisplayRole).toString().simplified(), elide, rect.width());
    cell.painter.drawText(rect, int(alignmentOf(cell.index)), text);
}

void drawTwoLines(const Cell& cell)
{
    const int half = cell.rect.height() / 2;
    drawText(cell, cell.rect.adjusted(0, 3, 0, -half + 3));
    QRect lower = cell.rect.adjusted(0, half - 2, 0, -5);
    const QString flag = cell.index.data(FlagRole).toString();
    if (!flag.isEmpty()) {
        const QSize size = Chip::sizeOf(flag);
        const QRect place(lower.right() - size.width() + 1, lower.top(), size.width(),
                          lower.height());
        Chip::paint(cell.painter, place, flag,
                    roleOf(cell.index, FlagColorRole).value_or(Role::Warning), cell.palette);
        lower.setRight(place.left() - theme::gap);
    }
    cell.painter.setFont(theme::font(Type::Caption));
    cell.painter.setPen(theme::color(Role::Secondary, cell.palette));
    cell.painter.drawText(
        lower, int((alignmentOf(cell.index) & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter),
        cell.painter.fontMetrics().elidedText(cell.index.data(SubtitleRole).toString().simplified(),
                                              Qt::ElideRight, lower.width()));
}

/// What a wrong cell should have said stands beside what it says.
void drawMark(const Cell& cell, Role role)
{
    cell.painter.save();
    cell.painter.setRenderHint(QPainter::Antialiasing);
    cell.painter.setPen(QPen(theme::color(role, cell.palette), 1.5));
    cell.painter.setBrush(theme::tint(role, theme::chipPercent, Role::Surface, cell.palette));
    cell.painter.drawRoundedRect(QRectF(cell.rect).adjusted(-4, 2, 4, -3), 4, 4);
    cell.painter.restore();
}

} // namespace

void HairlineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const auto* table = qobject_cast<const HairlineTable*>(option.widget);
    const QPalette& palette = option.palette;
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isHovered = table && table->m_hoveredRow == index.row();
    QColor ground = theme::color(Role::Surface, palette);
    if (isSelected)
        ground = theme::tint(Role::Accent, theme::selectionPercent, Role::Surface, palette);
    else if (isHovered)
        ground = theme::tint(Role::Text, theme::hoverPercent, Role::Surface, palette);
    painter->save();
    painter->fillRect(option.rect, ground);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)),
                      theme::color(Role::Hairline, palette));
    const bool isCurrentRow = table && table->hasFocus() &&
                              table->currentIndex().row() == index.row() &&
                              table->isFirstShownColumn(index.column());
    if (isCurrentRow)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                          theme::color(Role::Accent, palette));

    const Cell cell{*painter, index, palette, option.rect.adjusted(12, 0, -12, 0)};
    painter->setClipRect(option.rect);
    if (const auto mark = roleOf(index, MarkRole))
        drawMark(cell, *mark);
    if (const auto chip = roleOf(index, ChipRole)) {
        const QString text = index.data(Qt::DisplayRole).toString();
        if (!text.isEmpty())
            Chip::paint(*painter, cell.rect, text, *chip, palette, index.data(HollowRole).toBool());
    } else if (index.data(SubtitleRole).isValid()) {
        drawTwoLines(cell);
    } else {
        drawText(cell, cell.rect);
    }
    painter->restore();
}

QSize HairlineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    const int width = index.data(ChipRole).isValid()
                          ? Chip::sizeOf(text).width()
                          : QFontMetrics(fontOf(index)).horizontalAdvance(text);
    // Advances are rounded down, and text that lacks one pixel loses its last letters.
    return {width + theme::margin + 2, theme::rowHeight};
}

} // namespace tallystick

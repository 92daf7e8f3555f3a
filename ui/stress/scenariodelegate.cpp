// SPDX-License-Identifier: GPL-3.0-or-later
//! Hover and selection as in tables: a tint, and a bar at the left edge for the chosen one.
#include "ui/stress/scenariodelegate.h"

#include "ui/shared/theme.h"
#include "ui/stress/scenariomodel.h"

#include <QtGui/QPainter>

namespace tallystick {

namespace {

constexpr int rowHeight = 44;
constexpr int barWidth = 3;

} // namespace

void ScenarioDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    using theme::Role;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    if (isSelected || isHovered) {
        const int percent = isSelected ? theme::selectionPercent : theme::hoverPercent;
        painter->fillRect(option.rect, theme::tint(isSelected ? Role::Accent : Role::Text, percent,
                                                   Role::Surface, option.palette));
    }
    if (isSelected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(barWidth, option.rect.height())),
                          theme::color(Role::Accent, option.palette));
    const QRect text = option.rect.adjusted(theme::gap + theme::tight, 5, -theme::gap, -5);
    painter->setFont(theme::font(theme::Type::Body));
    painter->setPen(theme::color(Role::Text, option.palette));
    const QString title = index.data(Qt::DisplayRole).toString();
    painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                      painter->fontMetrics().elidedText(title, Qt::ElideRight, text.width()));
    painter->setFont(theme::font(theme::Type::Caption));
    painter->setPen(theme::color(Role::Secondary, option.palette));
    const QString description = index.data(ScenarioModel::DescriptionRole).toString();
    painter->drawText(text, Qt::AlignLeft | Qt::AlignBottom,
                      painter->fontMetrics().elidedText(description, Qt::ElideRight, text.width()));
    painter->restore();
}

QSize ScenarioDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.rect.width(), rowHeight};
}

} // namespace tallystick

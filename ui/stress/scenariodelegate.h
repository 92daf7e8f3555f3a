// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws a scenario as its title over one line of description.
#pragma once
#include <QtWidgets/QStyledItemDelegate>

namespace tallystick {

class ScenarioDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace tallystick

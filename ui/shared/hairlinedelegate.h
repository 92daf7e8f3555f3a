// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the cells of a HairlineTable from Qt's roles and TableRole.
#pragma once
#include <QtWidgets/QStyledItemDelegate>

namespace tallystick {

class HairlineDelegate final : public QStyledItemDelegate
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

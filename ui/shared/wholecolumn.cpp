// SPDX-License-Identifier: GPL-3.0-or-later
//! Measures rows as they come, each once.
#include "ui/shared/wholecolumn.h"

#include <QtWidgets/QTableView>

#include <algorithm>

namespace tallystick {

void keepWhole(QTableView& table, int column, int narrowest)
{
    const QAbstractItemModel* model = table.model();
    const auto widen = [&table, model, column](int width, int first, int last) {
        for (int row = first; row <= last; ++row)
            width = std::max(width, table.sizeHintForIndex(model->index(row, column)).width());
        table.setColumnWidth(column, width);
    };
    const auto measureAll = [widen, model, narrowest] {
        widen(narrowest, 0, model->rowCount() - 1);
    };
    QObject::connect(model, &QAbstractItemModel::modelReset, &table, measureAll);
    QObject::connect(model, &QAbstractItemModel::rowsInserted, &table,
                     [widen, &table, column](const QModelIndex&, int first, int last) {
                         widen(table.columnWidth(column), first, last);
                     });
    QObject::connect(
        model, &QAbstractItemModel::dataChanged, &table,
        [widen, &table, column](const QModelIndex& topLeft, const QModelIndex& bottomRight) {
            if (topLeft.column() <= column && column <= bottomRight.column())
                widen(table.columnWidth(column), topLeft.row(), bottomRight.row());
        });
    measureAll();
}

} // namespace tallystick

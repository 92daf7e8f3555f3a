// SPDX-License-Identifier: GPL-3.0-or-later
//! Counter-examples: the rows and operations that prove a violation.
#pragma once
#include "ui/report/runwords.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class ExamplesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Check, User, Key, Expected, Found, What, ColumnCount };
    explicit ExamplesModel(QObject* parent = nullptr);
    /// Those of every invariant that is not valid, in the order of the report.
    void setReport(const Report& report);
    [[nodiscard]] const Example* at(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<ToldExample> m_rows;
};

} // namespace tallystick

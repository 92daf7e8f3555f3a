// SPDX-License-Identifier: GPL-3.0-or-later
//! Who was seen waiting for whom, and how long.
#pragma once
#include "ledger/core/bench.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class LockWaitsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Waiter, WaitedFor, Waited, ColumnCount };
    explicit LockWaitsModel(QObject* parent = nullptr);
    void setWaits(const QList<LockWait>& waits);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<LockWait> m_waits;
};

} // namespace tallystick

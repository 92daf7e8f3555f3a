// SPDX-License-Identifier: GPL-3.0-or-later
//! The numbers the charts draw, a row a bucket of time.
#pragma once
#include "ledger/stress/live.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class NumbersModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Second,
        Ok,
        Refused,
        Failed,
        Unknown,
        P50,
        P95,
        P99,
        Max,
        WaitingForLock,
        WaitingForCommit,
        ColumnCount
    };
    explicit NumbersModel(QObject* parent = nullptr);
    void setSeries(const QList<SeriesPoint>& series);
    /// The same numbers as comma-separated values with a header line.
    [[nodiscard]] QString csv() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<SeriesPoint> m_series;
};

} // namespace tallystick

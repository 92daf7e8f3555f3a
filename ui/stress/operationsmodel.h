// SPDX-License-Identifier: GPL-3.0-or-later
//! The operations of a small run as rows: the timeline for those who read tables.
#pragma once
#include "ledger/stress/live.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class OperationsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Worker,
        Operation,
        Amount,
        Sent,
        LockWaited,
        Worked,
        Took,
        EndedAs,
        BalanceAfter,
        Overlapped,
        ColumnCount
    };
    explicit OperationsModel(QObject* parent = nullptr);
    /// Rows that only grew or were answered keep their place, selection and scroll position.
    void setTimeline(const QList<TimelineEntry>& timeline);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<TimelineEntry> m_timeline;
    QList<int> m_overlaps;
};

} // namespace tallystick

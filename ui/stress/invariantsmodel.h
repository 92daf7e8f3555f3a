// SPDX-License-Identifier: GPL-3.0-or-later
//! What was checked after a run and how it came out.
#pragma once
#include "ledger/stress/report.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class InvariantsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Id, Title, CameOut, ColumnCount };
    explicit InvariantsModel(QObject* parent = nullptr);
    void setInvariants(const QList<InvariantResult>& invariants);
    [[nodiscard]] const InvariantResult* at(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<InvariantResult> m_invariants;
};

} // namespace tallystick

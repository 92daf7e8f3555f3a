// SPDX-License-Identifier: GPL-3.0-or-later
//! One user's rows in ledger order, the rows in question marked.
#pragma once
#include "ledger/core/chain.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

class ChainModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Sequence, Time, Type, Amount, Before, After, Key, ColumnCount };
    explicit ChainModel(QObject* parent = nullptr);
    /// \a marked: keys of rows that counter-examples name.
    void setChain(const Chain& chain, const QStringList& marked);
    [[nodiscard]] const Chain& chain() const { return m_chain; }
    /// The first marked row; −1 when none is.
    [[nodiscard]] int firstMarked() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    Chain m_chain;
    QStringList m_marked;
};

} // namespace tallystick

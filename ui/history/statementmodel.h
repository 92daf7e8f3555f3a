// SPDX-License-Identifier: GPL-3.0-or-later
//! A customer's rows read so far, newest first.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/page.h"
#include "ledger/core/transaction.h"
#include "ui/shared/theme.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>

namespace tallystick {

/// Grows page by page; marks the rows verification speaks of.
class StatementModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Type, Amount, Balance, What, Key, columnTotal };
    using HistoryPage = Page<Transaction, HistoryCursor>;

    explicit StatementModel(QObject* parent = nullptr);
    void setFirstPage(const HistoryPage& page);
    void append(const HistoryPage& page);
    /// Marks the rows of \a findings that are not harmless.
    void setFindings(const QList<Finding>& findings);

    [[nodiscard]] const Transaction& rowAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] int rowOf(const TransactionKey& key) const; ///< −1: not among the rows
    [[nodiscard]] const std::optional<HistoryCursor>& next() const { return m_next; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QVariant text(const Transaction& row, int column) const;
    [[nodiscard]] QVariant look(const Transaction& row, int column, int role) const;
    [[nodiscard]] QVariant mark(const Transaction& row, int column, int role) const;

    QList<Transaction> m_rows;
    std::optional<HistoryCursor> m_next;
    QHash<TransactionKey, Finding> m_marked;
};

/// The colour a type's chip has.
[[nodiscard]] theme::Role roleOf(TransactionType type);

/// What a row was for, from its metadata: the reason given, else the block that ran, else nothing.
[[nodiscard]] QString purposeOf(const Transaction& row);

} // namespace tallystick

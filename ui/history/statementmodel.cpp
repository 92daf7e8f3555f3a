// SPDX-License-Identifier: GPL-3.0-or-later
//! What the cells of a statement say and how they look.
#include "ui/history/statementmodel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/words.h"

#include <QtGui/QFont>

namespace tallystick {

using theme::Role;

namespace {

QString typeText(const Transaction& row)
{
    const QString word = row.type == TransactionType::Other && !row.typeLabel.isEmpty()
                             ? row.typeLabel
                             : words::word(row.type);
    return row.active ? word : StatementModel::tr("%1 · pending").arg(word);
}

Role amountRole(const Transaction& row)
{
    if (!row.active)
        return Role::Secondary;
    if (row.amount.isZero())
        return Role::Secondary;
    return row.amount.isNegative() ? Role::Text : Role::Positive;
}

/// What the finding speaks of is what is wrong.
StatementModel::Column wrongColumn(FindingKind kind)
{
    if (kind == FindingKind::Arithmetic || kind == FindingKind::OutOfRange)
        return StatementModel::Amount;
    return kind == FindingKind::Clock ? StatementModel::Time : StatementModel::Balance;
}

} // namespace

Role roleOf(TransactionType type)
{
    switch (type) {
    case TransactionType::TopUp:
        return Role::Positive;
    case TransactionType::Grant:
        return Role::Info;
    case TransactionType::Refund:
        return Role::Warning;
    case TransactionType::Subscription:
        return Role::Accent;
    case TransactionType::Usage:
    case TransactionType::CardCheck:
    case TransactionType::Other:
        return Role::Secondary;
    }
    Q_UNREACHABLE();
}

QString purposeOf(const Transaction& row)
{
    const auto member = [&row](const char* name) {
        return row.metadata.value(QLatin1String(name)).toString();
    };
    QString purpose = member("reason");
    if (purpose.isEmpty())
        purpose = member("block");
    if (!row.requested)
        return purpose;
    const QString clamped =
        StatementModel::tr("%1 requested").arg(format::signedAmount(*row.requested));
    return purpose.isEmpty() ? clamped : purpose + QStringLiteral(" · ") + clamped;
}

StatementModel::StatementModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void StatementModel::setFirstPage(const HistoryPage& page)
{
    beginResetModel();
    m_rows = page.rows;
    m_next = page.next;
    endResetModel();
}

void StatementModel::append(const HistoryPage& page)
{
    m_next = page.next;
    if (page.rows.isEmpty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(page.rows.size()) - 1);
    m_rows += page.rows;
    endInsertRows();
}

void StatementModel::setFindings(const QList<Finding>& findings)
{
    m_marked.clear();
    for (const Finding& finding : findings)
        if (!isHarmless(finding.kind) && !finding.rows.isEmpty())
            m_marked.insert(finding.rows.first(), finding);
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnTotal - 1));
}

int StatementModel::rowOf(const TransactionKey& key) const
{
    for (int row = 0; row < m_rows.size(); ++row)
        if (m_rows.at(row).key == key)
            return row;
    return -1;
}

int StatementModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int StatementModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant StatementModel::text(const Transaction& row, int column) const
{
    switch (column) {
    case Time:
        return format::time(row.createdAt);
    case Type:
        return typeText(row);
    case Amount:
        return format::signedAmount(row.amount);
    case Balance:
        return row.active && row.runningBalance ? format::amount(*row.runningBalance)
                                                : QStringLiteral("–");
    case What:
        return purposeOf(row);
    case Key:
        return row.key.text();
    default:
        return {};
    }
}

QVariant StatementModel::look(const Transaction& row, int column, int role) const
{
    const bool isMoney = column == Amount || column == Balance;
    switch (role) {
    case Qt::TextAlignmentRole:
        return int((isMoney ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ColorRole:
        if (column == Amount)
            return int(amountRole(row));
        if (column == Balance && row.active)
            return int(row.runningBalance && row.runningBalance->isNegative() ? Role::Negative
                                                                              : Role::Text);
        return int(column == Time ? Role::Text : Role::Secondary);
    case ChipRole:
        return column == Type ? QVariant(int(roleOf(row.type))) : QVariant();
    case HollowRole:
        return !row.active;
    case TypeRole:
        return column == Key ? QVariant(int(theme::Type::Mono)) : QVariant();
    case Qt::FontRole:
        if (!row.active && column == Amount) {
            QFont italic;
            italic.setItalic(true);
            return italic;
        }
        return {};
    default:
        return {};
    }
}

QVariant StatementModel::mark(const Transaction& row, int column, int role) const
{
    const auto found = m_marked.constFind(row.key);
    if (found == m_marked.cend())
        return {};
    if (column != wrongColumn(found->kind))
        return {};
    if (role == MarkRole)
        return int(Role::Negative);
    if (role == ColorRole)
        return int(Role::Negative);
    return words::sentence(*found);
}

QVariant StatementModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Transaction& row = m_rows.at(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return text(row, column);
    if (role == MarkRole || role == ColorRole || role == Qt::ToolTipRole) {
        const QVariant marked = mark(row, column, role);
        if (marked.isValid())
            return marked;
    }
    if (role == Qt::ToolTipRole)
        return column == Time ? format::preciseTime(row.createdAt) +
                                    tr(" UTC · %1").arg(format::age(row.createdAt, Instant::now()))
                              : text(row, column);
    if (role == Qt::AccessibleTextRole)
        return headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + QLatin1Char(' ') +
               text(row, column).toString();
    return look(row, column, role);
}

QVariant StatementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return look({}, section, role);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time (UTC)");
    case Type:
        return tr("Type");
    case Amount:
        return tr("Amount ($)");
    case Balance:
        return tr("Balance ($)");
    case What:
        return tr("What for");
    case Key:
        return tr("Key");
    default:
        return {};
    }
}

} // namespace tallystick

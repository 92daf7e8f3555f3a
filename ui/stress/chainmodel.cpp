// SPDX-License-Identifier: GPL-3.0-or-later
//! Shows where each row starts beside where it ends, so that a broken joint can be seen.
#include "ui/stress/chainmodel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/words.h"

#include <array>

namespace tallystick {

namespace {

bool isNumber(int column)
{
    return column == ChainModel::Sequence || column == ChainModel::Amount ||
           column == ChainModel::Before || column == ChainModel::After;
}

QString amountOf(const std::optional<Credits>& credits)
{
    return credits ? format::amount(*credits) : QStringLiteral("–");
}

/// What the row itself says the balance was before it.
std::optional<Credits> startOf(const ChainRow& row)
{
    return row.runningBalance ? row.runningBalance->minus(row.amount) : std::nullopt;
}

} // namespace

ChainModel::ChainModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ChainModel::setChain(const Chain& chain, const QStringList& marked)
{
    beginResetModel();
    m_chain = chain;
    m_marked = marked;
    endResetModel();
}

int ChainModel::firstMarked() const
{
    for (int row = 0; row < m_chain.rows.size(); ++row)
        if (m_marked.contains(m_chain.rows[row].key.text()))
            return row;
    return -1;
}

int ChainModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_chain.rows.size());
}

int ChainModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ChainModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ChainRow& row = m_chain.rows[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == ColorRole && index.column() == Amount)
        return int(row.amount.isNegative() ? theme::Role::Negative : theme::Role::Positive);
    if (role == MarkRole && index.column() == After && m_marked.contains(row.key.text()))
        return int(theme::Role::Negative);
    if (role == TypeRole && index.column() == Key)
        return int(theme::Type::Mono);
    if (role == Qt::ToolTipRole && index.column() == Key)
        return row.key.text();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Sequence:
        return row.sequence ? format::count(*row.sequence) : QStringLiteral("–");
    case Time:
        return format::preciseTime(row.createdAt);
    case Type:
        return row.active ? words::word(row.type) : tr("%1, pending").arg(words::word(row.type));
    case Amount:
        return format::signedAmount(row.amount);
    case Before:
        return amountOf(startOf(row));
    case After:
        return amountOf(row.runningBalance);
    case Key:
        return row.key.text();
    default:
        return {};
    }
}

QVariant ChainModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static constexpr std::array<const char*, ColumnCount> heads{
        QT_TR_NOOP("No."),       QT_TR_NOOP("Time, UTC"), QT_TR_NOOP("Type"),
        QT_TR_NOOP("Amount, $"), QT_TR_NOOP("Before, $"), QT_TR_NOOP("After, $"),
        QT_TR_NOOP("Key")};
    return tr(heads.at(static_cast<size_t>(section)));
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! What a customer's two cells say.
#include "ui/users/customersmodel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"

namespace tallystick {

namespace {

QString flagOf(const User& user)
{
    if (!user.hasBalanceRow && user.lastActivity)
        return CustomersModel::tr("No balance row");
    return user.balance.isNegative() ? CustomersModel::tr("Negative") : QString();
}

QString nameOf(const User& user)
{
    return user.name.isEmpty() ? user.id.text() : user.name;
}

QString ageOf(const User& user)
{
    return user.lastActivity ? format::age(*user.lastActivity, Instant::now())
                             : CustomersModel::tr("no activity");
}

QVariant customerData(const User& user, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return user.email;
    case SubtitleRole:
        return nameOf(user);
    case FlagRole:
        return flagOf(user);
    case FlagColorRole:
        return int(user.balance.isNegative() ? theme::Role::Negative : theme::Role::Warning);
    case Qt::ToolTipRole:
        return QStringLiteral("%1\n%2\n%3").arg(user.email, user.name, user.id.text());
    case Qt::AccessibleTextRole:
        return CustomersModel::tr("%1, %2, balance %3")
            .arg(user.email, nameOf(user), format::money(user.balance));
    default:
        return {};
    }
}

QVariant balanceData(const User& user, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return format::amount(user.balance);
    case SubtitleRole:
        return ageOf(user);
    case ColorRole:
        return int(user.balance.isNegative() ? theme::Role::Negative : theme::Role::Text);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return user.lastActivity ? CustomersModel::tr("Last activity %1 UTC")
                                       .arg(format::time(*user.lastActivity))
                                 : QVariant();
    default:
        return {};
    }
}

} // namespace

CustomersModel::CustomersModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void CustomersModel::setFirstPage(const UserPage& page)
{
    beginResetModel();
    m_users = page.rows;
    m_next = page.next;
    endResetModel();
}

void CustomersModel::append(const UserPage& page)
{
    m_next = page.next;
    if (page.rows.isEmpty())
        return;
    const int first = int(m_users.size());
    beginInsertRows({}, first, first + int(page.rows.size()) - 1);
    m_users += page.rows;
    endInsertRows();
}

void CustomersModel::refresh(const User& user)
{
    const int row = rowOf(user.id);
    if (row < 0)
        return;
    m_users[row] = user;
    emit dataChanged(index(row, 0), index(row, columnTotal - 1));
}

int CustomersModel::rowOf(const UserId& id) const
{
    for (int row = 0; row < m_users.size(); ++row)
        if (m_users.at(row).id == id)
            return row;
    return -1;
}

int CustomersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_users.size());
}

int CustomersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant CustomersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const User& user = m_users.at(index.row());
    return index.column() == Customer ? customerData(user, role) : balanceData(user, role);
}

QVariant CustomersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Customer ? tr("Customer") : tr("Balance ($)");
}

} // namespace tallystick

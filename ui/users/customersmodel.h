// SPDX-License-Identifier: GPL-3.0-or-later
//! The customers read so far, a row each.
#pragma once
#include "ledger/core/page.h"
#include "ledger/core/user.h"

#include <QtCore/QAbstractTableModel>

namespace tallystick {

/// Grows page by page; never asks for anything itself.
class CustomersModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Customer, Balance, columnTotal };
    using UserPage = Page<User, UserCursor>;

    explicit CustomersModel(QObject* parent = nullptr);
    void setFirstPage(const UserPage& page);
    void append(const UserPage& page);
    /// Takes over what is newly known of one customer, where it is shown.
    void refresh(const User& user);

    [[nodiscard]] const User& userAt(int row) const { return m_users.at(row); }
    [[nodiscard]] int rowOf(const UserId& id) const; ///< −1: not among the rows
    [[nodiscard]] const std::optional<UserCursor>& next() const { return m_next; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<User> m_users;
    std::optional<UserCursor> m_next;
};

} // namespace tallystick

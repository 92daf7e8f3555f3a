// SPDX-License-Identifier: GPL-3.0-or-later
//! One demo customer's account, kept by the rules of the ledger while its rows are written.
#pragma once
#include "ledger/lab/demorows.h"

namespace tallystick {

/// Gives every row its time, sequence and running balance. Rows go straight to \a rows.
class DemoAccount final
{
public:
    DemoAccount(DemoRows& rows, const QByteArray& user, qint64 createdAt)
        : m_rows(rows)
        , m_user(user)
        , m_state{.balance = 0, .updatedAt = createdAt, .sequence = 0}
    {
    }

    /// The row to fill in before post() or pend(): key, amount, type and metadata, all empty.
    [[nodiscard]] DemoRow& blank();
    /// Moves the balance by the amount of the row, not before \a at and after every earlier row.
    void post(qint64 at);
    /// Writes the row as pending.
    void pend(qint64 at);
    void close() { m_rows.add(m_user, m_state); }

    [[nodiscard]] qint64 balance() const { return m_state.balance; }
    [[nodiscard]] qint64 last() const { return m_state.updatedAt; }
    [[nodiscard]] qint64 written() const { return m_written; }
    [[nodiscard]] const QByteArray& user() const { return m_user; }

private:
    void write(qint64 at);

    DemoRows& m_rows;
    QByteArray m_user;
    DemoBalance m_state;
    DemoRow m_row; ///< used again and again, so that its memory is
    qint64 m_written = 0;
};

} // namespace tallystick

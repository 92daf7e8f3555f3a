// SPDX-License-Identifier: GPL-3.0-or-later
//! Balance, sequence and time, one row after the other.
#include "ledger/lab/demoaccount.h"

#include <algorithm>

namespace tallystick {

DemoRow& DemoAccount::blank()
{
    m_row.key.resize(0);
    m_row.metadata.resize(0);
    m_row.amount = 0;
    m_row.isActive = true;
    return m_row;
}

void DemoAccount::post(qint64 at)
{
    m_state.balance += m_row.amount;
    m_row.sequence = ++m_state.sequence;
    write(at);
}

void DemoAccount::pend(qint64 at)
{
    m_row.isActive = false;
    m_row.sequence = 0;
    write(at);
}

void DemoAccount::write(qint64 at)
{
    m_state.updatedAt = std::max(at, m_state.updatedAt + 1);
    m_row.createdAt = m_state.updatedAt;
    m_row.runningBalance = m_state.balance;
    m_rows.add(m_user, m_row);
    ++m_written;
}

} // namespace tallystick

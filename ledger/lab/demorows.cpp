// SPDX-License-Identifier: GPL-3.0-or-later
//! COPY text, appended piece by piece: a million customers must not take minutes to write down.
#include "ledger/lab/demorows.h"

#include <charconv>

namespace tallystick {

namespace {

constexpr qsizetype chunkBytes = 4 * 1024 * 1024;
constexpr qsizetype chunkSlack = 64 * 1024;

void appendHex(QByteArray& out, quint64 value, int digits)
{
    constexpr char hex[] = "0123456789abcdef";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out.append(hex[(value >> shift) & 15U]);
}

} // namespace

void appendNumber(QByteArray& out, qint64 number)
{
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, number);
    out.append(text, end.ptr - text);
}

void appendUuid(QByteArray& out, quint64 high, quint64 low)
{
    appendHex(out, high >> 32, 8);
    out.append('-');
    appendHex(out, (high >> 16) & 0xFFFFU, 4);
    out.append("-4", 2);
    appendHex(out, high & 0xFFFU, 3);
    out.append('-');
    appendHex(out, ((low >> 48) & 0x3FFFU) | 0x8000U, 4);
    out.append('-');
    appendHex(out, low & 0xFFFFFFFFFFFFU, 12);
}

DemoRows::DemoRows(Loader& loader, qint64 plannedRows, Progress progress, std::stop_token stop)
    : m_loader(loader)
    , m_plannedRows(plannedRows)
    , m_progress(std::move(progress))
    , m_stop(std::move(stop))
{
    m_rows.reserve(chunkBytes + chunkSlack);
}

void DemoRows::add(const DemoCustomer& customer)
{
    m_customers.append(customer.id).append('\t').append(customer.email).append('\t');
    m_customers.append(customer.name).append('\t');
    appendNumber(m_customers, customer.createdAt);
    m_customers.append('\n');
    ++m_customerCount;
}

void DemoRows::add(const QByteArray& user, const DemoRow& row)
{
    m_rows.append(row.key).append('\t');
    appendNumber(m_rows, row.createdAt);
    m_rows.append('\t').append(user).append('\t');
    appendNumber(m_rows, row.amount);
    m_rows.append('\t').append(row.type).append(row.isActive ? "\tt\t" : "\tf\t", 3);
    m_rows.append(row.metadata).append('\t');
    appendNumber(m_rows, row.runningBalance);
    m_rows.append('\t');
    if (row.sequence > 0)
        appendNumber(m_rows, row.sequence);
    else
        m_rows.append("\\N", 2);
    m_rows.append('\n');
    ++m_rowCount;
    if (m_rows.size() >= chunkBytes)
        static_cast<void>(flush()); // kept in m_outcome, which isBroken() and the last flush() tell
}

void DemoRows::add(const QByteArray& user, const DemoBalance& balance)
{
    m_balances.append(user).append('\t');
    appendNumber(m_balances, balance.balance);
    m_balances.append('\t');
    appendNumber(m_balances, balance.updatedAt);
    m_balances.append('\t');
    appendNumber(m_balances, balance.sequence);
    m_balances.append('\n');
    // Customers without a single transaction fill these two only.
    if (m_balances.size() >= chunkBytes)
        static_cast<void>(flush());
}

Outcome DemoRows::flush()
{
    if (m_outcome.ok() && m_stop.stop_requested())
        m_outcome = Failure{.kind = Failure::Kind::Cancelled,
                            .statement = QStringLiteral("seed"),
                            .text = QStringLiteral("stopped")};
    send(LoadTable::Users, m_customers);
    send(LoadTable::Transactions, m_rows);
    send(LoadTable::Balances, m_balances);
    if (m_outcome.ok() && m_progress)
        m_progress(m_rowCount, m_plannedRows);
    return m_outcome;
}

void DemoRows::send(LoadTable table, QByteArray& rows)
{
    if (m_outcome.ok() && !rows.isEmpty())
        m_outcome = m_loader.copy(table, rows);
    rows.resize(0); // keeps its memory
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Rows of demo data on their way into the tables, in chunks.
#pragma once
#include "ledger/core/loader.h"

#include <QtCore/QByteArray>

#include <functional>
#include <stop_token>

namespace tallystick {

struct DemoCustomer
{
    QByteArray id, email, name; ///< without tabs, line feeds and backslashes
    qint64 createdAt = 0;       ///< micros
};

struct DemoRow
{
    QByteArray key;
    qint64 createdAt = 0; ///< micros
    qint64 amount = 0;
    const char* type = "USAGE";
    bool isActive = true;
    QByteArray metadata; ///< JSON without backslashes
    qint64 runningBalance = 0;
    qint64 sequence = 0; ///< 0: null
};

struct DemoBalance
{
    qint64 balance = 0;
    qint64 updatedAt = 0; ///< micros
    qint64 sequence = 0;
};

/// Gathers text and hands it to the loader a few megabytes at a time, customers before their rows.
/// After a failure or a stop it takes rows and does nothing with them; flush() says why.
class DemoRows final
{
public:
    using Progress = std::function<void(qint64, qint64)>;
    DemoRows(Loader& loader, qint64 plannedRows, Progress progress, std::stop_token stop);

    void add(const DemoCustomer& customer);
    void add(const QByteArray& user, const DemoRow& row);
    void add(const QByteArray& user, const DemoBalance& balance);

    [[nodiscard]] Outcome flush();
    [[nodiscard]] bool isBroken() const { return !m_outcome.ok(); }
    [[nodiscard]] qint64 customers() const { return m_customerCount; }
    [[nodiscard]] qint64 rows() const { return m_rowCount; }

private:
    void send(LoadTable table, QByteArray& rows);

    Loader& m_loader;
    qint64 m_plannedRows;
    Progress m_progress;
    std::stop_token m_stop;
    QByteArray m_customers, m_balances, m_rows;
    qint64 m_customerCount = 0, m_rowCount = 0;
    Outcome m_outcome = Done{};
};

/// Appends a number in decimal, without an allocation.
void appendNumber(QByteArray& out, qint64 number);
/// Appends the UUID (version 4 by its looks) made of two random numbers.
void appendUuid(QByteArray& out, quint64 high, quint64 low);

} // namespace tallystick

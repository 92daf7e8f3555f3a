// SPDX-License-Identifier: GPL-3.0-or-later
//! Sound histories, and what is then done to them.
#include "ledger/lab/democrimes.h"

#include "ledger/lab/democalendar.h"

#include <array>
#include <vector>

namespace tallystick {

namespace {

/// Long before the crimes, so that their rows stand among everybody's newest.
constexpr qint64 historyDays = 60;
constexpr std::size_t placeOfCrime = 25; ///< index of the row it is done to; a usage row

struct History
{
    QByteArray user;
    std::vector<DemoRow> rows;
    DemoBalance balance;
    bool hasBalanceRow = true;
};

/// Goes on from the row at \a first: every later row starts where the one before it ended.
void settleFrom(History& history, std::size_t first)
{
    for (std::size_t i = first; i < history.rows.size(); ++i)
        history.rows[i].runningBalance =
            history.rows[i - 1].runningBalance + history.rows[i].amount;
    history.balance.balance = history.rows.back().runningBalance;
}

DemoRow rowAt(const History& history, std::size_t index, qint64 amount, const char* type)
{
    DemoRow row;
    row.key = history.user + (index < 9 ? "-0" : "-");
    appendNumber(row.key, qint64(index) + 1);
    row.amount = amount;
    row.type = type;
    row.sequence = qint64(index) + 1;
    row.metadata = R"({"reason":"block execution"})";
    return row;
}

/// A reward, a payment, and usage that leaves a different balance behind each row.
History soundHistory(const QByteArray& user, qint64 end)
{
    History history{.user = user};
    const qint64 step = historyDays * microsPerDay / (rowsPerCrime + 1);
    for (std::size_t i = 0; i < std::size_t(rowsPerCrime); ++i) {
        DemoRow row = rowAt(history, i, -qint64(11 + i), "USAGE");
        if (i == 0) {
            row.key = "REWARD-" + user + "-WELCOME";
            row.type = "GRANT";
            row.amount = 300;
            row.metadata = R"({"reason":"onboarding step","step":"WELCOME"})";
        } else if (i == 1) {
            row.type = "TOP_UP";
            row.amount = 2000;
            row.metadata = R"({"reason":"top-up"})";
        }
        row.createdAt = end - (rowsPerCrime - qint64(i)) * step;
        row.runningBalance = row.amount + (i > 0 ? history.rows[i - 1].runningBalance : 0);
        history.rows.push_back(row);
    }
    history.balance = {.balance = history.rows.back().runningBalance,
                       .updatedAt = history.rows.back().createdAt,
                       .sequence = rowsPerCrime};
    return history;
}

/// Puts a row after the last one.
DemoRow& append(History& history, qint64 amount, const char* type)
{
    DemoRow row = rowAt(history, history.rows.size(), amount, type);
    row.createdAt = history.rows.back().createdAt + 5 * microsPerSecond;
    row.runningBalance = history.rows.back().runningBalance + amount;
    history.rows.push_back(row);
    history.balance = {
        .balance = row.runningBalance, .updatedAt = row.createdAt, .sequence = row.sequence};
    return history.rows.back();
}

// Two rows start from the same balance: the second never saw the first.
void fork(History& history)
{
    DemoRow& second = history.rows[placeOfCrime];
    const DemoRow& first = history.rows[placeOfCrime - 1];
    second.runningBalance = first.runningBalance - first.amount + second.amount;
    settleFrom(history, placeOfCrime + 1);
}

void gap(History& history)
{
    history.rows.erase(history.rows.begin() + placeOfCrime);
}

// The amount was edited afterwards; to a figure that leads to no other row's balance.
void arithmetic(History& history)
{
    history.rows[placeOfCrime].amount -= 100'003;
}

// A top-up with a ceiling of 800 set the balance to 800 though it was above.
void ceilingLoss(History& history)
{
    DemoRow& row = history.rows[placeOfCrime];
    row.type = "TOP_UP";
    row.amount = 50;
    row.metadata = R"({"reason":"automatic top-up"})";
    row.runningBalance = 800;
    settleFrom(history, placeOfCrime + 1);
}

void tail(History& history)
{
    history.balance.balance += 500;
}

void noBalanceRow(History& history)
{
    history.hasBalanceRow = false;
}

// Usage went below zero; a top-up followed.
void negative(History& history)
{
    append(history, -history.balance.balance - 345, "USAGE");
    append(history, 2000, "TOP_UP").metadata = R"({"reason":"top-up"})";
}

void duplicateReward(History& history)
{
    DemoRow& row = append(history, 300, "GRANT");
    row.key = "REWARD-" + history.user + "-WELCOME-2";
    row.metadata = R"({"reason":"onboarding step","step":"WELCOME"})";
}

void refundExceedsPayment(History& history)
{
    const QByteArray metadata =
        R"({"refundOf":")" + history.rows[1].key + R"(","reason":"requested by the customer"})";
    append(history, -1500, "REFUND").metadata = metadata;
    append(history, -900, "REFUND").metadata = metadata;
}

// One row was written by a machine whose clock was eight hours off.
void clockBack(History& history)
{
    history.rows[placeOfCrime].createdAt =
        history.rows[placeOfCrime - 1].createdAt - 8 * microsPerHour;
}

struct Crime
{
    const char* id;
    const char* name;
    void (*commit)(History&);
};

constexpr std::array<Crime, crimeCount> crimes{
    Crime{"crime-fork", "FORK", fork},
    Crime{"crime-gap", "GAP", gap},
    Crime{"crime-arithmetic", "ARITHMETIC", arithmetic},
    Crime{"crime-ceiling-loss", "CEILING LOSS", ceilingLoss},
    Crime{"crime-tail", "TAIL", tail},
    Crime{"crime-no-balance-row", "NO BALANCE ROW", noBalanceRow},
    Crime{"crime-negative", "NEGATIVE", negative},
    Crime{"crime-duplicate-reward", "DUPLICATE REWARD", duplicateReward},
    Crime{"crime-refund-exceeds-payment", "REFUND EXCEEDS PAYMENT", refundExceedsPayment},
    Crime{"crime-clock", "CLOCK", clockBack},
};

} // namespace

QList<UserId> addCrimes(DemoRows& rows, qint64 end)
{
    QList<UserId> users;
    for (const Crime& crime : crimes) {
        History history = soundHistory(crime.id, end - microsPerHour);
        crime.commit(history);
        rows.add(DemoCustomer{.id = history.user,
                              .email = history.user + "@crimes.example",
                              .name = QByteArray("Crime: ") + crime.name,
                              .createdAt = history.rows.front().createdAt - microsPerHour});
        for (const DemoRow& row : history.rows)
            rows.add(history.user, row);
        if (history.hasBalanceRow)
            rows.add(history.user, history.balance);
        users.append(*UserId::from(QString::fromLatin1(history.user)));
    }
    return users;
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Makes, reads and removes a run's users in memory.
#include "tests/stress/fakebench.h"

namespace tallystick {

namespace {

class FakeBench final : public Bench
{
public:
    explicit FakeBench(FakeLab& lab)
        : m_lab(lab)
        , m_ledger(lab.store)
    {
    }

    Result<ServerFacts> server() override
    {
        ServerFacts facts{.version = QStringLiteral("15.0")};
        facts.isLab = m_lab.isLab;
        facts.maxConnections = m_lab.maxConnections;
        return facts;
    }
    Outcome createUsers(const QList<BenchUser>& users) override
    {
        for (const BenchUser& user : users) {
            m_lab.store.addUser(user.id, user.id.text(), {});
            FakeAccount account = m_lab.store.account(user.id);
            account.hasBalanceRow = user.balanceRow;
            if (user.history && !user.openingBalance.isZero())
                write(account, user.id,
                      {.user = user.id,
                       .key = user.openingKey,
                       .amount = user.openingBalance,
                       .type = user.openingType});
            for (const Posting& posting : user.prepared)
                write(account, user.id, posting);
            m_lab.store.setAccount(user.id, account);
            ++m_lab.usersMade;
        }
        return Done{};
    }
    Outcome removeUsers(const QList<UserId>& users) override
    {
        for (const UserId& user : users) {
            if (Outcome removed = m_ledger.removeUser(user); !removed)
                return removed;
            ++m_lab.usersRemoved;
        }
        return Done{};
    }
    Outcome quiesce(const QString&, int) override
    {
        ++m_lab.quiesced;
        return Done{};
    }
    Outcome snapshot(const QList<UserId>& users, const std::function<bool(Chain&&)>& sink) override
    {
        if (m_lab.isSnapshotBroken)
            return Failure{.kind = Failure::Kind::TimedOut, .sqlState = QStringLiteral("57014")};
        for (const UserId& user : users) {
            auto chain = m_ledger.chain(user);
            if (!chain)
                return chain.error();
            if (!sink(*std::move(chain)))
                break;
        }
        return Done{};
    }
    Result<qint64> roundTripMicros() override { return 1; }
    Result<ActivitySample> sample(const QString&) override
    {
        return ActivitySample{.at = Instant::now(), .active = 1};
    }
    Outcome holdLock(const UserId&) override { return Done{}; }
    Outcome releaseLock() override { return Done{}; }

private:
    static void write(FakeAccount& account, const UserId& user, const Posting& posting)
    {
        account.last.micros += 1;
        if (posting.active) {
            account.balance = *account.balance.plus(posting.amount);
            ++account.sequence;
        }
        account.rows.append(
            {.key = posting.key,
             .user = user,
             .createdAt = account.last,
             .amount = posting.amount,
             .type = posting.type,
             .active = posting.active,
             .runningBalance = account.balance,
             .sequence = posting.active ? std::optional(account.sequence) : std::nullopt});
    }

    FakeLab& m_lab;
    FakeLedger m_ledger;
};

} // namespace

TargetOpener FakeLab::targets()
{
    return [opener = store.opener()](const Target&, const QString&) { return opener(); };
}

BenchOpener FakeLab::benches()
{
    return [this]() -> Result<std::unique_ptr<Bench>> {
        return std::unique_ptr<Bench>(std::make_unique<FakeBench>(*this));
    };
}

} // namespace tallystick

// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads models, rates and profiles.
#include "ledger/stress/loadparser.h"

#include <QtCore/QMap>

#include <cmath>

namespace tallystick {

namespace {

using Members = JsonMembers;

// Everything has a limit: these keep a run within one machine's memory and a server's sessions.
constexpr qint64 maxClients = 500;
constexpr qint64 maxThinkMillis = 60'000;
constexpr qint64 maxHoldLockMillis = 10'000;
constexpr double minRate = 0.1;
constexpr double maxRate = 1'000'000;
constexpr double minProfileSeconds = 0.1;
constexpr double maxProfileSeconds = 86'400;
constexpr qsizetype maxSteps = 100;

template <class Value>
std::optional<Value> named(Members& members, const char* member, const QMap<QString, Value>& values)
{
    const auto valueNamed = [&values](const QString& name) -> std::optional<Value> {
        return values.contains(name) ? std::optional(values.value(name)) : std::nullopt;
    };
    return oneOf(members, QLatin1String(member), values.keys(), valueNamed);
}

/// Levels are rates, or numbers of clients.
void readLevels(Members& profile, const QString& name, double most, LoadProfile& into,
                FirstError& error)
{
    const QJsonArray levels = profile.array(name, maxSteps).value_or(QJsonArray());
    for (qsizetype index = 0; index < levels.size() && !error; ++index) {
        const double level = levels.at(index).toDouble(-1);
        if (level < 0 || level > most)
            error = ScenarioError{elementPath(profile, name, index),
                                  QStringLiteral("a level from 0 to %1").arg(most, 0, 'g', 10),
                                  jsonExcerpt(levels.at(index))};
        into.levels.append(level);
    }
    if (levels.isEmpty())
        profile.refuse(name, QStringLiteral("at least one level"));
}

void readProfile(Members& load, Scenario& scenario, FirstError& error)
{
    const QString name = QStringLiteral("profile");
    const auto object = load.object(name);
    if (!object)
        return;
    using Kind = LoadProfile::Kind;
    LoadProfile& into = scenario.profile;
    Members profile(*object, load.pathOf(name), error);
    profile.require(QStringLiteral("kind"), QStringLiteral("constant, ramp, steps or spike"));
    into.kind = named<Kind>(profile, "kind",
                            {{QStringLiteral("constant"), Kind::Constant},
                             {QStringLiteral("ramp"), Kind::Ramp},
                             {QStringLiteral("steps"), Kind::Steps},
                             {QStringLiteral("spike"), Kind::Spike}})
                    .value_or(into.kind);
    const double most = scenario.open ? maxRate : double(maxClients);
    const auto level = [&](const char* member) {
        profile.require(QLatin1String(member),
                        QStringLiteral("a level from 0 to %1").arg(most, 0, 'g', 10));
        return profile.number(QLatin1String(member), 0, most).value_or(0);
    };
    if (into.kind != Kind::Constant) {
        profile.require(QStringLiteral("seconds"), QStringLiteral("how long"));
        into.seconds =
            profile.number(QStringLiteral("seconds"), minProfileSeconds, maxProfileSeconds)
                .value_or(minProfileSeconds);
    }
    if (into.kind == Kind::Ramp)
        into.from = level("from");
    if (into.kind == Kind::Steps)
        readLevels(profile, QStringLiteral("levels"), most, into, error);
    if (into.kind == Kind::Spike) {
        into.level = level("level");
        profile.require(QStringLiteral("at"), QStringLiteral("when, in seconds"));
        into.at = profile.number(QStringLiteral("at"), 0, maxProfileSeconds).value_or(0);
    }
    profile.finish();
    // Every client of a run by number has its share; one that is sent away would never do it.
    if (!scenario.open && into.kind != Kind::Constant && !scenario.seconds)
        load.refuse(name, QStringLiteral("none, or \"until\" in seconds"));
}

void readOpen(Members& load, Scenario& scenario)
{
    OpenLoad open;
    load.require(QStringLiteral("ratePerSecond"), QStringLiteral("operations a second"));
    open.ratePerSecond =
        load.number(QStringLiteral("ratePerSecond"), minRate, maxRate).value_or(minRate);
    open.arrivals =
        named<OpenLoad::Arrivals>(load, "arrivals",
                                  {{QStringLiteral("constant"), OpenLoad::Arrivals::Constant},
                                   {QStringLiteral("poisson"), OpenLoad::Arrivals::Poisson}})
            .value_or(open.arrivals);
    open.late = named<OpenLoad::Late>(load, "late",
                                      {{QStringLiteral("run"), OpenLoad::Late::Run},
                                       {QStringLiteral("skip"), OpenLoad::Late::Skip}})
                    .value_or(open.late);
    scenario.open = open;
    for (const MixEntry& entry : scenario.mix)
        if (entry.delayMillis > 0 || entry.afterOthers)
            load.refuse(QStringLiteral("model"),
                        QStringLiteral("\"closed\", as the mix has operations that wait"));
}

} // namespace

void readLoad(Members& file, Scenario& scenario, FirstError& error)
{
    const auto object = file.object(QStringLiteral("load"));
    if (!object)
        return;
    Members load(*object, QStringLiteral("load"), error);
    const auto isOpen = named<bool>(
        load, "model", {{QStringLiteral("closed"), false}, {QStringLiteral("open"), true}});
    scenario.clients = int(load.integer(QStringLiteral("clients"), {1, maxClients}).value_or(1));
    scenario.holdLockMillis =
        int(load.integer(QStringLiteral("holdLockMillis"), {0, maxHoldLockMillis}).value_or(0));
    if (isOpen.value_or(false))
        readOpen(load, scenario);
    else
        scenario.thinkMillis =
            int(load.integer(QStringLiteral("thinkMillis"), {0, maxThinkMillis}).value_or(0));
    readProfile(load, scenario, error);
    if (scenario.open && scenario.seconds && !error &&
        curveOf(scenario).areaUntil(*scenario.seconds) > double(maxOperations))
        load.refuse(QStringLiteral("ratePerSecond"),
                    QStringLiteral("a rate at which at most %1 operations are due in %2 s")
                        .arg(maxOperations)
                        .arg(*scenario.seconds));
    load.finish();
}

} // namespace tallystick

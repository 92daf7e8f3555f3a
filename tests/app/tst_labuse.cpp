// SPDX-License-Identifier: GPL-3.0-or-later
//! The lab's server runs as long as somebody uses it, and no longer unless it is kept.
#include "app/labuse.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <thread>

using namespace tallystick;

class tst_LabUse final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void stopsWhenTheLastOneLeaves();
    void staysWhenItIsKept();
    void stopsForEverybodyWhenAsked();
    void knowsWhetherOthersUseIt();
    void startsAgainForOneWhoCameWhileItStopped();
    void adoptsWhatACrashedProgramLeftRunningAndStopsItInTheEnd();

private:
    [[nodiscard]] bool isRunning() const
    {
        return Lab({.directory = directory()}).status().state == LabStatus::State::Running;
    }
    [[nodiscard]] QString directory() const { return m_home.filePath(QStringLiteral("lab")); }
    QTemporaryDir m_home{QStringLiteral("/tmp/tally-use-XXXXXX")};
};

void tst_LabUse::initTestCase()
{
    // Passable, because as root the server runs under another account.
    QVERIFY(QFile::setPermissions(m_home.path(), QFile::Permissions(0x7755)));
}

void tst_LabUse::cleanup()
{
    LabUse use(directory());
    QVERIFY(use.stop().ok());
}

void tst_LabUse::cleanupTestCase()
{
    QVERIFY(!isRunning());
}

void tst_LabUse::stopsWhenTheLastOneLeaves()
{
    LabUse first(directory());
    LabUse second(directory());
    QVERIFY(first.enter().ok());
    QVERIFY(second.enter().ok());
    first.leave();
    QVERIFY(isRunning());
    second.leave();
    QVERIFY(!isRunning());
}

void tst_LabUse::staysWhenItIsKept()
{
    {
        LabUse use(directory());
        QVERIFY(use.enter().ok());
        QVERIFY(use.keep().ok());
    }
    QVERIFY(isRunning());
    {
        LabUse use(directory());
        QVERIFY(use.isKept());
        QVERIFY(use.enter().ok());
    }
    QVERIFY(isRunning());
}

void tst_LabUse::stopsForEverybodyWhenAsked()
{
    LabUse use(directory());
    QVERIFY(use.enter().ok());
    QVERIFY(use.keep().ok());
    LabUse other(directory());
    QVERIFY(other.stop().ok());
    QVERIFY(!isRunning());
    QVERIFY(!use.isKept());
}

void tst_LabUse::knowsWhetherOthersUseIt()
{
    const LabUse asking(directory());
    QVERIFY(!asking.isUsedByOthers());
    {
        LabUse use(directory());
        QVERIFY(use.enter().ok());
        QVERIFY(asking.isUsedByOthers());
        QVERIFY2(asking.isUsedByOthers(), "asking must not take anything");
        use.leave();
    }
    QVERIFY(!asking.isUsedByOthers());
}

void tst_LabUse::startsAgainForOneWhoCameWhileItStopped()
{
    LabUse first(directory());
    QVERIFY(first.enter().ok());
    for (int round = 0; round < 3; ++round) {
        LabUse second(directory());
        std::thread leaving([&first] { first.leave(); });
        const auto entered = second.enter();
        leaving.join();
        QVERIFY(entered.ok());
        QVERIFY(isRunning());
        QVERIFY(first.enter().ok());
    }
}

void tst_LabUse::adoptsWhatACrashedProgramLeftRunningAndStopsItInTheEnd()
{
    // A program that dies leaves the server and no share: as starting the lab alone does.
    QVERIFY(Lab({.directory = directory()}).start().ok());
    LabUse use(directory());
    QVERIFY(use.enter().ok());
    use.leave();
    QVERIFY(!isRunning());
}

QTEST_GUILESS_MAIN(tst_LabUse)
#include "tst_labuse.moc"

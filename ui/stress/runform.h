// SPDX-License-Identifier: GPL-3.0-or-later
//! The left column of the stress page: which scenario, how hard, and the buttons.
#pragma once
#include "ledger/stress/report.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QListView;
class QPushButton;
class QSpinBox;

namespace tallystick {

class Label;
class ScenarioFilter;
class ScenarioModel;

class RunForm final : public QWidget
{
    Q_OBJECT
public:
    enum class State { Idle, Running, Stopping };
    explicit RunForm(QWidget* parent = nullptr);

    void setScenarios(const QList<Scenario>& scenarios);
    [[nodiscard]] const QList<Scenario>& scenarios() const;
    /// The chosen scenario with the form's own settings; nothing while a field is wrong or no
    /// scenario is chosen.
    [[nodiscard]] std::optional<Scenario> scenario() const;
    void focusSearch();
    bool choose(const QString& name);
    /// Adds a scenario from a file and chooses it, or tells of the report in it; or says what is
    /// wrong with the file.
    Q_INVOKABLE void openFile(const QString& path);
    void setState(State state);

signals:
    void startRequested();
    void stopRequested();
    void suiteRequested();
    void controlsRequested();
    void scenarioChanged();
    void reportOpened(const Report& report);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void nameAll();
    void layOut();
    void connectAll();
    void showChosen();
    void checkFields();
    void askForFile();
    [[nodiscard]] const Scenario* chosen() const;
    [[nodiscard]] std::optional<quint64> seed() const;

    ScenarioModel* m_model;
    ScenarioFilter* m_filter;
    QLineEdit* m_search;
    QListView* m_list;
    QComboBox* m_way;
    QSpinBox* m_clients;
    Label* m_lengthLabel;
    QSpinBox* m_length; ///< seconds, or operations
    QSpinBox* m_rate;   ///< operations a second; 0: as answers come
    QLineEdit* m_seed;
    Label* m_seedError;
    Label* m_fileError;
    QPushButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_suite;
    QPushButton* m_controls;
    QPushButton* m_open;
    State m_state = State::Idle;
};

} // namespace tallystick

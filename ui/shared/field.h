// SPDX-License-Identifier: GPL-3.0-or-later
//! A label, its editor, and a line for what is wrong with what was typed.
#pragma once
#include <QtWidgets/QWidget>

class QLineEdit;

namespace tallystick {

class Label;

class Field final : public QWidget
{
    Q_OBJECT
public:
    Field(const QString& label, const QString& objectName, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* editor() const { return m_editor; }
    [[nodiscard]] QString text() const;
    void setHint(const QString& hint);
    /// Empty: nothing is wrong.
    void setProblem(const QString& sentence);
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    void tell();
    Label* m_label;
    QLineEdit* m_editor;
    Label* m_note;
    QString m_hint;
    QString m_problem;
};

} // namespace tallystick

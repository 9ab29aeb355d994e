"""Fine-tunes two encoders with Hugging Face's Trainer and writes what 'dimec map', 'plan' and 'evaluate' read: python train.py DATA.jsonl FOLDER."""
import json, os, sys


def write_rows(path, rows, mode="w"):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def write_predictions(folder, part, guids, gold, logits, embeddings=None):
    """A part of the data; 'logits' maps each exit's layer to a row of logits a sample. Embeddings are optional: they are what the policy 'pools' routes by."""
    rows = [{"guid": guid, "gold": gold[i], "logits": {str(exit): values[i] for exit, values in logits.items()}} for i, guid in enumerate(guids)]
    for row, embedding in zip(rows, embeddings or []):
        row["embedding"] = embedding
    write_rows(os.path.join(folder, "predictions", part + ".jsonl"), rows)


class RecordsDynamics:
    """Stands before Trainer: writes each sample's logits in the very pass that computes the loss. (A TrainerCallback is not shown any logits.)"""

    def compute_loss(self, model, inputs, return_outputs=False, **kwargs):
        guids, gold = inputs.pop("guid").tolist(), inputs["labels"].tolist()
        loss, outputs = super().compute_loss(model, inputs, return_outputs=True, **kwargs)
        if model.training and self.dynamics:
            epoch, logits = int(self.state.epoch), outputs["logits"].detach().float().tolist()
            rows = [{"guid": g, f"logits_epoch_{epoch}": z, "gold": y} for g, z, y in zip(guids, logits, gold)]
            write_rows(os.path.join(self.dynamics, "training_dynamics", f"dynamics_epoch_{epoch}.jsonl"), rows, "a")
        return (loss, outputs) if return_outputs else loss


def embed(trainer, dataset):
    """e(x): the mean of the embedding layer's output over a text's tokens."""
    for batch in trainer.get_test_dataloader(dataset):
        mask = batch["attention_mask"].unsqueeze(-1)
        yield from ((trainer.model.base_model.embeddings(batch["input_ids"]) * mask).sum(1) / mask.sum(1)).detach().float().tolist()


if __name__ == "__main__":
    from datasets import load_dataset
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer, TrainingArguments

    tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")  # its tokens suit both models
    data = load_dataset("json", data_files=sys.argv[1])["train"]  # {"text": "…", "label": 0}
    data = data.add_column("guid", list(range(len(data)))).rename_column("label", "labels")
    data = data.map(lambda row: tokenizer(row["text"], truncation=True, return_token_type_ids=False), remove_columns="text")
    train, rest = data.train_test_split(0.2, seed=0).values()
    parts = dict(zip(("selection", "dev"), rest.train_test_split(0.5, seed=0).values()), train=train)
    recording, logits = type("RecordingTrainer", (RecordsDynamics, Trainer), {}), {part: {} for part in parts}
    for layers, name in ((6, "distilbert-base-uncased"), (12, "bert-base-uncased")):
        model = AutoModelForSequenceClassification.from_pretrained(name, num_labels=max(data["labels"]) + 1)
        settings = TrainingArguments(f"checkpoints/{name}", num_train_epochs=3, learning_rate=2e-5, remove_unused_columns=False)
        trainer = recording(model=model, args=settings, train_dataset=train, data_collator=DataCollatorWithPadding(tokenizer))
        trainer.dynamics = sys.argv[2] if layers == 12 else None  # the largest judges
        trainer.train()
        for part, dataset in parts.items():
            logits[part][layers] = trainer.predict(dataset).predictions.tolist()
    for part, dataset in parts.items():
        write_predictions(sys.argv[2], part, dataset["guid"], dataset["labels"], logits[part], list(embed(trainer, dataset)))

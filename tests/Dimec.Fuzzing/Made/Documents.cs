namespace Dimec.Fuzzing.Made;

/// <summary>Small documents as they should be, of formats whose writers need a training or a network.</summary>
internal static class Documents
{
    public const string Costs =
        """{"format":1,"unit":"ms","tiers":[{"name":"mobile","depth":2,"layer":1,"offload":0,"unit":"ms"},{"name":"cloud","depth":6,"layer":1.5,"offload":3}],"links":[{"from":"mobile","to":"cloud","offload":2}]}""";

    public const string MeasuredCosts =
        """{"format":1,"unit":"ms","tiers":[{"name":"mobile","depth":2,"layer":1,"offload":0,"call":0.5,"exitZero":0.1},{"name":"cloud","depth":6,"layer":1.5,"offload":3,"hiddenState":4}],"measured":{"date":"2026-11-30T12:00:00Z","machine":"m","measurement":"ab","rows":1,"tokens":20,"intervals":{"mobile":[1,2],"cloud":[3,4]},"assumed":["a"]}}""";

    public const string Hybrid =
        """{"price":0.1,"stops":[{"exit":0,"tier":"mobile","start":"here","threshold":0,"weights":{"0":1},"right":{"bias":-1,"confidence":2,"margin":0,"entropy":0,"mu":0,"sigma":0}},{"exit":2,"tier":"mobile","start":"text","threshold":0.8,"weights":{"0":0.5,"2":1},"bias":[0,0.25],"right":{"bias":1,"confidence":0,"margin":0,"entropy":0,"mu":0,"sigma":0}},{"exit":6,"tier":"cloud","start":"forwarded","threshold":0,"weights":{"0":0.5,"6":1},"bias":[0,0],"right":{"bias":0,"confidence":0,"margin":0,"entropy":0,"mu":5,"sigma":0}}],"map":{"embeddingKind":"layer-norm","mu":{"bias":1,"weights":[1,2]},"sigma":{"bias":0,"weights":[0,0]}}}""";

    public const string LearnedLadder =
        """{"stops":[{"exit":2,"tier":"mobile","start":"text","weights":{"2":1},"bias":[0,0],"threshold":0.8,"score":{"bias":0,"confidence":1,"margin":0,"entropy":0,"own":0,"passed":0,"agreement":0}},{"exit":6,"tier":"cloud","start":"carried","weights":{"2":0.5,"6":1},"bias":[0,0]}]}""";

    public const string Prices =
        """{"format":1,"currency":"EUR","tiers":[{"name":"edge","prices":[{"amount":0.05,"per":"hour"},{"amount":0.09,"per":"gb"}]}]}""";

    public const string Energy =
        """{"format":1,"activeWatts":3,"waitingWatts":0.1,"radio":"hsdpa","tailSeconds":5,"tailWatts":0.8,"kilobits":5000,"secondsBetween":60}""";

    public const string Deployed = """{"format":1,"current":"2-b","revisions":["1-a","2-b","3-c"]}""";

    public const string Predictions =
        """
        {"guid":"a","gold":1,"logits":{"0":[0.5,1],"2":[1,2],"10":[3,4]},"embedding":[0.5,1],"states":{"2":[1]},"exits":{"precision":"fp32","bundle":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","processor":"x64"}}
        {"guid":7,"gold":null,"logits":{"0":[0.5,1],"2":[1,2],"10":[3,4]},"embedding":[0.5,1],"states":{"2":[1]},"exits":{"precision":"fp32","bundle":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","processor":"x64"}}
        {"guid":"c","gold":0,"logits":{"0":[0,1],"2":[-1,2e-7],"10":[3,4]},"embedding":[0.5,1],"states":{"2":[1]},"x":{"y":[]}}
        """;

    public const string PlainPredictions =
        """
        {"guid":"a","gold":1,"logits":{"2":[1,2],"10":[3,4]}}
        {"guid":"b","gold":0,"logits":{"2":[1,2.5],"10":[3,4]}}
        """;

    public const string Golden =
        """
        {"text":"a","pair":null,"logits":{"2":[1,2],"4":[0.5,-1]}}
        {"text":"é","pair":"b","logits":{"2":[1,2],"4":[1,1]}}
        """;

    public const string Metrics =
        """
        {"guid":3,"index":0,"threshold_closeness":0.1,"confidence":0.3,"variability":0.25,"correctness":4,"forgetfulness":1000}
        {"guid":"b","index":1,"threshold_closeness":0,"confidence":1,"variability":0,"correctness":0,"forgetfulness":0}
        """;

    public const string EpochZero =
        """
        {"guid":"a","logits_epoch_0":[1,2],"gold":1}
        {"guid":7,"logits_epoch_0":[1,2],"gold":0}
        """;

    public const string EpochOne =
        """
        {"guid":7,"logits_epoch_1":[3,2],"gold":0}
        {"guid":"a","logits_epoch_1":[1,2],"gold":1}
        """;

    public const string Run =
        """{"format":1,"state":"finished","settings":{"exits":[1,2],"epochs":2,"learningRate":0.003,"embedding":"layer-norm"},"backbone":{"name":"tiny","files":[],"config":{"layers":2}},"data":{"name":"tiny","metric":"accuracy","pair":false,"labels":["even","odd"],"parts":{"train":{"samples":200,"skipped":0,"sha256":"ab"},"dev":{"samples":20}}},"machine":{"threads":1,"os":"é"},"notes":{"command":"dimec train"},"ngram":{"options":{"epochs":15,"learningRate":null,"labelSmoothing":0.1,"tableBits":20,"seed":0},"maxLength":8,"soft":0.5,"unlabelled":{"file":"a.txt","sha256":"ab"},"learningRate":1,"samples":2,"texts":1,"rows":9,"sha256":"cd"},"results":{"accuracy":{"dev":{"1":0.5,"2":0.75}},"notes":["A note."],"warnings":["A warning."],"samplesPerSecond":10.5,"states":[1]}}""";

    public const string Job =
        """{"format":1,"steps":3,"bytes":4,"origin":{"bundle":"ab","input":"cd"},"counts":{"answered":3,"cloud":1}}""";

    public const string Serve =
        """{"Dimec":{"Bundle":"/models/sentiment","Tier":"edge","Address":"0.0.0.0","HttpPort":8000,"QueueSize":128,"BatchDelay":"00:00:00.01","BodyTimeout":30,"Forward":{"cloud":"grpc://cloud-host:8001"},"Reflection":true,"Trust":"trust.pem"},"Logging":{"LogLevel":{"Default":"Warning"}}}""";

    public const string Config =
        """{"model_type":"bert","architectures":["BertModel"],"_name_or_path":"x","tokenizer_class":"BertTokenizer","is_decoder":false,"pruned_heads":{},"hidden_size":8,"num_hidden_layers":2,"num_attention_heads":2,"intermediate_size":16,"vocab_size":20,"max_position_embeddings":12,"type_vocab_size":2,"hidden_act":"gelu","layer_norm_eps":1e-12,"hidden_dropout_prob":0.1,"classifier_dropout":null,"pad_token_id":0,"position_embedding_type":"absolute","id2label":{"0":"a","1":"b"},"label2id":{"a":0,"b":1},"dimec":{"exits":[1,2],"head":"linear","pooling":"cls","max_length":12,"pair":true}}""";

    public const string DistilConfig =
        """{"model_type":"distilbert","architectures":["DistilBertModel"],"dim":8,"n_layers":2,"n_heads":2,"hidden_dim":16,"vocab_size":20,"max_position_embeddings":12,"activation":"gelu","dropout":0.1,"seq_classif_dropout":0.2,"sinusoidal_pos_embds":false,"tie_weights_":true}""";

    public const string Modules =
        """[{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},{"idx":1,"path":"1_Pooling","type":"sentence_transformers.models.Pooling"},{"idx":2,"path":"2_Normalize","type":"sentence_transformers.models.Normalize"}]""";

    public const string Pooling =
        """{"word_embedding_dimension":8,"pooling_mode":"mean","pooling_mode_mean_tokens":true,"pooling_mode_cls_token":false}""";

    public const string SentenceSettings = """{"max_seq_length":12,"do_lower_case":false}""";

    public const string TokenizerConfig =
        """{"do_lower_case":true,"strip_accents":null,"tokenize_chinese_chars":true,"clean_text":true,"wordpieces_prefix":"##","tokenizer_class":"BertTokenizer","never_split":[],"do_basic_tokenize":true,"split_special_tokens":false,"truncation_side":"right","model_max_length":512,"unk_token":"[UNK]","sep_token":{"content":"[SEP]","lstrip":false,"normalized":false,"rstrip":false,"single_word":false},"pad_token":"[PAD]","cls_token":"[CLS]","mask_token":"[MASK]","additional_special_tokens":["<x>"],"extra_special_tokens":{},"added_tokens_decoder":{"0":{"content":"[PAD]","special":true},"55":{"content":"<x>","special":true,"normalized":false}}}""";

    public const string SpecialTokens =
        """{"unk_token":"[UNK]","cls_token":{"content":"[CLS]","lstrip":false,"normalized":false,"rstrip":false,"single_word":false},"additional_special_tokens":["<x>"]}""";

    public const string AddedTokens = """{"<x>":55,"[PAD]":0}""";

    public const string Router =
        "id,score,small.right,small.cost,large.right,large.cost\n"
        + "a,0.1,1,1,1,10\nb,0.2,1,1,1,10\nc,0.3,0,1,1,10\nd,0.4,1,1,1,10\nf,0.6,1,1,0,10\n";

    public const string Answers =
        "id\tscore\tgold\tpart\tsmall.answer\tsmall.cost\tlarge.answer\tlarge.cost\n"
        + "a\t0.1\tx\tselection\tx\t1\tx\t10\nb\t0.2\ty\tcalibration\tx\t1\ty\t10\nc\t0.3\tx\tdev\tx\t1\tx\t10\n";

    public const string RouterLines =
        """
        {"id":"a","score":0.1,"small.right":1,"small.cost":1,"large.right":true,"large.cost":10}
        {"id":"b","score":0.2,"small.right":0,"small.cost":1,"large.right":1,"large.cost":10}
        {"id":"c","score":"0.3","small.right":1,"small.cost":1,"large.right":0,"large.cost":10}
        """;

    /// <summary>The first lines of a document are others' than the last.</summary>
    public static string[] Lines(string document) =>
        document.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
